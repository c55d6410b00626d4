"""The protocole as frozen, typed objects; no input or output here."""
