using AutoMirror.Emulator.Iam.Policies;

namespace AutoMirror.Emulator.Tests.Iam;

/// <summary>Condition operators, by the tables of the IAM User Guide.</summary>
public sealed class ConditionTests
{
    private static readonly RequestContext Context = new RequestContext()
        .With("aws:PrincipalTag/team", "network").With("aws:username", "ann").With("ec2:Region", "us-east-1")
        .With("aws:TagKeys", ["Name", "owner"]).With("s3:max-keys", "10").With("aws:CurrentTime", "2026-03-04T05:06:07Z")
        .With("aws:SourceIp", "10.1.2.3").With("aws:SecureTransport", "true")
        .With("aws:SourceArn", "arn:aws:events:us-east-1:123456789012:rule/automirror-tags");

    [Theory]
    // A key with one value.
    [InlineData("""{"StringEquals":{"ec2:Region":"us-east-1"}}""", true)]
    [InlineData("""{"StringEquals":{"ec2:Region":["eu-west-1","us-east-1"]}}""", true)]
    [InlineData("""{"StringEquals":{"EC2:REGION":"us-east-1"}}""", true)]
    [InlineData("""{"StringEquals":{"ec2:Region":"US-EAST-1"}}""", false)]
    [InlineData("""{"StringEqualsIgnoreCase":{"ec2:Region":"US-EAST-1"}}""", true)]
    [InlineData("""{"StringNotEquals":{"ec2:Region":["eu-west-1","us-east-1"]}}""", false)]
    [InlineData("""{"StringLike":{"ec2:Region":"us-*-?"}}""", true)]
    [InlineData("""{"StringEquals":{"ec2:Region":"us-*"}}""", false)]
    [InlineData("""{"StringNotLike":{"ec2:Region":"us-*"}}""", false)]
    [InlineData("""{"NumericLessThanEquals":{"s3:max-keys":"10"}}""", true)]
    [InlineData("""{"NumericLessThan":{"s3:max-keys":10}}""", false)]
    [InlineData("""{"NumericEquals":{"ec2:Region":"1"}}""", false)]
    [InlineData("""{"DateGreaterThan":{"aws:CurrentTime":"2026-03-04T00:00:00Z"}}""", true)]
    [InlineData("""{"DateLessThan":{"aws:CurrentTime":"1700000000"}}""", false)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":["192.168.0.0/16","10.1.0.0/16"]}}""", true)]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":"10.1.2.3"}}""", false)]
    [InlineData("""{"Bool":{"aws:SecureTransport":true}}""", true)]
    [InlineData("""{"Bool":{"aws:SecureTransport":"false"}}""", false)]
    [InlineData("""{"ArnLike":{"AWS:SourceArn":"arn:aws:events:*:123456789012:rule/automirror-*"}}""", true)]
    [InlineData("""{"ArnEquals":{"aws:SourceArn":"arn:aws:events:us-east-1:*:rule/automirror-?ags"}}""", true)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:*:rule/automirror-tags"}}""", false)]
    [InlineData("""{"ArnNotLike":{"aws:SourceArn":"arn:aws:events:*:*:rule/other-*"}}""", true)]
    // Several conditions all have to hold.
    [InlineData("""{"StringEquals":{"ec2:Region":"us-east-1","aws:username":"bob"}}""", false)]
    [InlineData("""{"StringEquals":{"ec2:Region":"us-east-1"},"Bool":{"aws:SecureTransport":"true"}}""", true)]
    // A key that is absent.
    [InlineData("""{"StringEquals":{"aws:ResourceTag/x":"y"}}""", false)]
    [InlineData("""{"StringNotEquals":{"aws:ResourceTag/x":"y"}}""", true)]
    [InlineData("""{"StringEqualsIfExists":{"aws:ResourceTag/x":"y"}}""", true)]
    [InlineData("""{"StringEqualsIfExists":{"ec2:Region":"eu-west-1"}}""", false)]
    [InlineData("""{"Null":{"aws:ResourceTag/x":"true"}}""", true)]
    [InlineData("""{"Null":{"aws:ResourceTag/x":"false"}}""", false)]
    [InlineData("""{"Null":{"aws:TagKeys":false}}""", true)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:Nothing":"y"}}""", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"aws:Nothing":"y"}}""", false)]
    // A key with several values.
    [InlineData("""{"ForAllValues:StringEquals":{"aws:TagKeys":["Name","owner","cost"]}}""", true)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:TagKeys":["Name"]}}""", false)]
    [InlineData("""{"ForAnyValue:StringLike":{"aws:TagKeys":"own*"}}""", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"aws:TagKeys":"cost"}}""", false)]
    [InlineData("""{"ForAllValues:StringNotEquals":{"aws:TagKeys":"cost"}}""", true)]
    [InlineData("""{"ForAllValues:StringNotEquals":{"aws:TagKeys":"owner"}}""", false)]
    [InlineData("""{"ForAnyValue:StringNotEquals":{"aws:TagKeys":"owner"}}""", true)]
    // Variables.
    [InlineData("""{"StringEquals":{"aws:username":"${aws:username}"}}""", true)]
    [InlineData("""{"StringLike":{"aws:PrincipalTag/team":"${aws:PrincipalTag/team}*"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:username":"${aws:PrincipalTag/none}"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:username":"${aws:PrincipalTag/none, 'ann'}"}}""", true)]
    [InlineData("""{"StringLike":{"ec2:Region":"us${*}"}}""", false)]
    public void A_condition_holds_or_does_not(string condition, bool holds)
    {
        var policy = PolicyDocument.Of(
            $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{{condition}}}}}""");

        Assert.Equal(holds, policy.Statements[0].Applies(new("ec2:CreateTags", "*", Context), policy.HasVariables));
    }

    [Fact]
    public void The_older_version_of_the_language_has_no_variables()
    {
        var policy = PolicyDocument.Of(
            """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:username":"${aws:username}"}}}}""");

        Assert.False(policy.Statements[0].Applies(new("a:b", "*", Context), policy.HasVariables));
    }

    [Fact]
    public void What_a_variable_brings_has_no_wildcards()
    {
        var context = new RequestContext().With("aws:username", "*");
        var policy = PolicyDocument.Of(
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::home/${aws:username}/*"}}""");

        Assert.False(policy.Statements[0].Applies(new("s3:GetObject", "arn:aws:s3:::home/bob/x", context), policy.HasVariables));
        Assert.True(policy.Statements[0].Applies(new("s3:GetObject", "arn:aws:s3:::home/*/x", context), policy.HasVariables));
    }
}
