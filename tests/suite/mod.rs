mod bad_input;
mod house;
mod layouts;
mod program;
mod real_catalogues;
mod volumes;
mod work;
mod years;
