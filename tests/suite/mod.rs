mod bad_input;
mod house;
mod program;
mod reading;
mod real_catalogues;
mod work;
