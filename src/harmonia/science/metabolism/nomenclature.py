"""Names, units and places of the model's quantities, in the order every state vector uses."""

# X_sao is ours, so it stands last: those before it are the benchmark's, in the benchmark's order.
LIQUID = (
    "S_su", "S_aa", "S_fa", "S_va", "S_bu", "S_pro", "S_ac", "S_h2", "S_ch4", "S_IC", "S_IN", "S_I",
    "X_xc", "X_ch", "X_pr", "X_li", "X_su", "X_aa", "X_fa", "X_c4", "X_pro", "X_ac", "X_h2", "X_I",
    "S_cat", "S_an", "X_sao",
)  # fmt: skip
GAS = ("S_gas_h2", "S_gas_ch4", "S_gas_co2")
STATES = LIQUID + GAS
BENCHMARK_STATES = tuple(name for name in STATES if name != "X_sao")
IONS = ("S_va_ion", "S_bu_ion", "S_pro_ion", "S_ac_ion", "S_hco3_ion", "S_nh3", "S_co2", "S_nh4_ion")

_MOLAR = {
    "S_IC": "kmol C/m3",
    "S_IN": "kmol N/m3",
    "S_cat": "kmol/m3",
    "S_an": "kmol/m3",
    "S_gas_co2": "kmol C/m3",
}
UNITS = {name: _MOLAR.get(name, "kg COD/m3") for name in STATES}

INDEX = {name: place for place, name in enumerate(STATES)}
