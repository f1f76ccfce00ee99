"""Salesforce: fields and objects, data files, action plan templates."""
