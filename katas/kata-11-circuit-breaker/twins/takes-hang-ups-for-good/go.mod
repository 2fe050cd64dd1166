module takes-hang-ups-for-good

go 1.24
