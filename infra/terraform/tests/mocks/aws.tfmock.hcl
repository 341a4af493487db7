# What a resource of these looks like once AWS made it: other resources check that they are given an ARN.

mock_resource "aws_cognito_user_pool" {
  defaults = {
    id       = "ap-northeast-1_Mock00001"
    arn      = "arn:aws:cognito-idp:ap-northeast-1:111122223333:userpool/ap-northeast-1_Mock00001"
    endpoint = "cognito-idp.ap-northeast-1.amazonaws.com/ap-northeast-1_Mock00001"
  }
}

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "111122223333"
  }
}

mock_data "aws_region" {
  defaults = {
    id = "ap-northeast-1"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws:iam::111122223333:role/mock"
  }
}

mock_resource "aws_iam_policy" {
  defaults = {
    arn = "arn:aws:iam::111122223333:policy/mock"
  }
}

override_resource {
  target = aws_lambda_function.pre_token
  values = {
    arn = "arn:aws:lambda:ap-northeast-1:111122223333:function:mock-pre-token-generation"
  }
}

override_resource {
  target = aws_lambda_function.custom_message
  values = {
    arn = "arn:aws:lambda:ap-northeast-1:111122223333:function:mock-custom-message"
  }
}

override_resource {
  target = aws_lambda_function.hello
  values = {
    arn        = "arn:aws:lambda:ap-northeast-1:111122223333:function:mock-hello"
    invoke_arn = "arn:aws:apigateway:ap-northeast-1:lambda:path/2015-03-31/functions/mock-hello/invocations"
  }
}

override_resource {
  target = aws_cloudwatch_log_group.api
  values = {
    arn = "arn:aws:logs:ap-northeast-1:111122223333:log-group:mock-api"
  }
}

mock_resource "aws_apigatewayv2_api" {
  defaults = {
    execution_arn = "arn:aws:execute-api:ap-northeast-1:111122223333:mock"
    api_endpoint  = "https://mock.execute-api.ap-northeast-1.amazonaws.com"
  }
}
