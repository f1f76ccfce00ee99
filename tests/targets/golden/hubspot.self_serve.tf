resource "hubspot_pipeline" "self_serve_onboarding" {
  object_type = "tickets"
  label       = "Self-serve onboarding"

  stages = [
    {
      label         = "Welcome"
      display_order = 0
      metadata = {
        ticketState = "OPEN"
      }
    },
    {
      label         = "First project"
      display_order = 1
      metadata = {
        ticketState = "OPEN"
      }
    },
    {
      label         = "Onboarded"
      display_order = 2
      metadata = {
        ticketState = "CLOSED"
      }
    },
    {
      label         = "Lapsed before value"
      display_order = 3
      metadata = {
        ticketState = "CLOSED"
      }
    },
  ]
}

resource "hubspot_workflow" "self_serve_onboarding_signed_up" {
  name           = "Self-serve onboarding: from Signed up"
  flow_type      = "PLATFORM_FLOW"
  enabled        = false
  object_type_id = "0-2"

  flow_json = jsonencode({
    startActionId         = "1"
    nextAvailableActionId = "7"
    actions = [
      {
        actionId          = "1"
        actionTypeId      = "0-3"
        actionTypeVersion = 0
        type              = "SINGLE_CONNECTION"
        fields = {
          task_type = "EMAIL"
          subject   = "Send the welcome message"
          body      = "Stage: Welcome<br>Responsible: Lifecycle Marketing Manager<br>Accountable: Lifecycle Marketing Manager<br>Informed: Product, Revenue Operations<br>Due: on the day of Signed up<br>Automation: automated<br>Done in: Marketing automation<br>Touch: email<br>Key: self_serve_onboarding/send_welcome"
          associations = [
            {
              target = {
                associationCategory = "HUBSPOT_DEFINED"
                associationTypeId   = 192
              }
              value = {
                type = "ENROLLED_OBJECT"
              }
            },
          ]
          use_explicit_associations = "true"
          priority                  = "MEDIUM"
          owner_assignment = {
            type = "CUSTOM"
            value = {
              type         = "OBJECT_PROPERTY"
              propertyName = "playbook_owner_lifecycle"
            }
          }
          due_time = {
            delta    = 0
            timeUnit = "DAYS"
            timeOfDay = {
              hour   = 9
              minute = 0
            }
            daysOfWeek = []
          }
        }
        connection = {
          edgeType     = "STANDARD"
          nextActionId = "2"
        }
      },
      {
        actionId          = "2"
        actionTypeId      = "0-3"
        actionTypeVersion = 0
        type              = "SINGLE_CONNECTION"
        fields = {
          task_type = "TODO"
          subject   = "Choose a use case"
          body      = "Stage: Welcome<br>Responsible: Account owner at the customer<br>Accountable: Lifecycle Marketing Manager<br>Informed: Product, Revenue Operations<br>Due: 1 day after Signed up<br>Done in: Our product<br>Touch: in product<br>Fills: Use case chosen at sign-up<br>Key: self_serve_onboarding/choose_use_case"
          associations = [
            {
              target = {
                associationCategory = "HUBSPOT_DEFINED"
                associationTypeId   = 192
              }
              value = {
                type = "ENROLLED_OBJECT"
              }
            },
          ]
          use_explicit_associations = "true"
          priority                  = "MEDIUM"
          due_time = {
            delta    = 1
            timeUnit = "DAYS"
            timeOfDay = {
              hour   = 9
              minute = 0
            }
            daysOfWeek = []
          }
        }
        connection = {
          edgeType     = "STANDARD"
          nextActionId = "3"
        }
      },
      {
        actionId          = "3"
        actionTypeId      = "0-3"
        actionTypeVersion = 0
        type              = "SINGLE_CONNECTION"
        fields = {
          task_type = "TODO"
          subject   = "Create the workspace"
          body      = "Stage: Welcome<br>Responsible: Account owner at the customer<br>Accountable: Product Manager<br>Informed: Product, Revenue Operations<br>Due: 2 days after Signed up<br>Done in: Our product<br>Touch: in product<br>Key: self_serve_onboarding/create_workspace"
          associations = [
            {
              target = {
                associationCategory = "HUBSPOT_DEFINED"
                associationTypeId   = 192
              }
              value = {
                type = "ENROLLED_OBJECT"
              }
            },
          ]
          use_explicit_associations = "true"
          priority                  = "MEDIUM"
          due_time = {
            delta    = 2
            timeUnit = "DAYS"
            timeOfDay = {
              hour   = 9
              minute = 0
            }
            daysOfWeek = []
          }
        }
        connection = {
          edgeType     = "STANDARD"
          nextActionId = "4"
        }
      },
      {
        actionId          = "4"
        actionTypeId      = "0-3"
        actionTypeVersion = 0
        type              = "SINGLE_CONNECTION"
        fields = {
          task_type = "TODO"
          subject   = "Take the product tour"
          body      = "Stage: First project<br>Responsible: Account owner at the customer<br>Accountable: Product Manager<br>Informed: Lifecycle Marketing Manager, Revenue Operations<br>Due: 3 days after Signed up<br>Need: recommended<br>Done in: Our product<br>Touch: in product<br>Key: self_serve_onboarding/take_tour"
          associations = [
            {
              target = {
                associationCategory = "HUBSPOT_DEFINED"
                associationTypeId   = 192
              }
              value = {
                type = "ENROLLED_OBJECT"
              }
            },
          ]
          use_explicit_associations = "true"
          priority                  = "LOW"
          due_time = {
            delta    = 3
            timeUnit = "DAYS"
            timeOfDay = {
              hour   = 9
              minute = 0
            }
            daysOfWeek = []
          }
        }
        connection = {
          edgeType     = "STANDARD"
          nextActionId = "5"
        }
      },
      {
        actionId          = "5"
        actionTypeId      = "0-3"
        actionTypeVersion = 0
        type              = "SINGLE_CONNECTION"
        fields = {
          task_type = "EMAIL"
          subject   = "Offer help to accounts that are stuck"
          body      = "Stage: First project<br>Responsible: Support Specialist<br>Accountable: Product Manager<br>Informed: Lifecycle Marketing Manager, Revenue Operations<br>Due: 5 days after Create the workspace<br>Only if: Users active in the last 7 days is 0<br>Promised: within 2 days; warned of after 1 day; a breach goes to Head of Growth<br>Touch: email<br>Key: self_serve_onboarding/offer_help"
          associations = [
            {
              target = {
                associationCategory = "HUBSPOT_DEFINED"
                associationTypeId   = 192
              }
              value = {
                type = "ENROLLED_OBJECT"
              }
            },
          ]
          use_explicit_associations = "true"
          priority                  = "MEDIUM"
          owner_assignment = {
            type = "CUSTOM"
            value = {
              type         = "OBJECT_PROPERTY"
              propertyName = "playbook_owner_support_agent"
            }
          }
          due_time = {
            delta    = 5
            timeUnit = "DAYS"
            timeOfDay = {
              hour   = 9
              minute = 0
            }
            daysOfWeek = [
              "MONDAY",
              "TUESDAY",
              "WEDNESDAY",
              "THURSDAY",
              "FRIDAY",
            ]
          }
        }
        connection = {
          edgeType     = "STANDARD"
          nextActionId = "6"
        }
      },
      {
        actionId          = "6"
        actionTypeId      = "0-3"
        actionTypeVersion = 0
        type              = "SINGLE_CONNECTION"
        fields = {
          task_type = "TODO"
          subject   = "Publish a first project"
          body      = "Stage: First project<br>Responsible: Account owner at the customer<br>Accountable: Product Manager<br>Informed: Lifecycle Marketing Manager, Revenue Operations<br>Due: 7 days after Signed up<br>Done in: Our product<br>Touch: in product<br>Key: self_serve_onboarding/publish_project"
          associations = [
            {
              target = {
                associationCategory = "HUBSPOT_DEFINED"
                associationTypeId   = 192
              }
              value = {
                type = "ENROLLED_OBJECT"
              }
            },
          ]
          use_explicit_associations = "true"
          priority                  = "MEDIUM"
          due_time = {
            delta    = 7
            timeUnit = "DAYS"
            timeOfDay = {
              hour   = 9
              minute = 0
            }
            daysOfWeek = []
          }
        }
      },
    ]
  })
}
