"""A small control plane for Proxmox VE: plans, decides and applies actions on a node."""
