mod bad_input;
mod house;
mod program;
mod real_catalogues;
mod work;
mod years;
