mod bad_input;
mod house;
mod program;
mod real_catalogues;
mod volumes;
mod work;
