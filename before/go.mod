module before

go 1.26.0
