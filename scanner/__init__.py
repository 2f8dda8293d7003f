"""From paper to cards: takes files in, checks them and lays them in trays."""
