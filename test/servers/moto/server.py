"""Moto's server, which weighs a permission against what the request names also where moto itself weighs the action alone.

  - SNS and SSM: moto asks whether the action is allowed on "*", so that no policy with an ARN would ever do.
  - S3: a missing object is told only to those who may list the bucket; to others it is AccessDenied, as on AWS.
  - In a pattern of IAM a dot is a dot, and not any character.
"""

import fnmatch
import re

from moto.iam.access_control import IAMPolicyStatement
from moto.s3.exceptions import MissingKey
from moto.s3.responses import S3Response
from moto.server import main
from moto.sns.responses import SNSResponse
from moto.ssm.responses import SimpleSystemManagerResponse


def topic(request):
    return request._get_param("TopicArn") or "*"


def parameter(request):
    name = request._get_param("Name")
    if not name:
        return "*"
    return f"arn:aws:ssm:{request.region}:{request.current_account}:parameter/{name.lstrip('/')}"


def matches(pattern, text):
    # IAM knows * and ? alone; fnmatch would take [ for a set.
    return re.match(fnmatch.translate(pattern.replace("[", "[[]")), text)


get_object = S3Response.get_object


def get_object_that_may_be_missing(request):
    try:
        return get_object(request)
    except MissingKey:
        request.data["Action"] = "ListBucket"
        request._authenticate_and_authorize_s3_action(bucket_name=request.bucket_name)
        raise


SNSResponse._determine_resource = topic
SimpleSystemManagerResponse._determine_resource = parameter
S3Response.get_object = get_object_that_may_be_missing
IAMPolicyStatement._match = staticmethod(matches)

if __name__ == "__main__":
    main()
