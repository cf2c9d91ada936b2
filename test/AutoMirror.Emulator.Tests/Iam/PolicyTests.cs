using AutoMirror.Emulator.Iam.Policies;

namespace AutoMirror.Emulator.Tests.Iam;

/// <summary>How policies add up, and what IAM refuses to take as one.</summary>
public sealed class PolicyTests
{
    private const string Session = "arn:aws:ec2:us-east-1:123456789012:traffic-mirror-session/tms-1";

    [Theory]
    [InlineData("ec2:CreateTags", "ec2:CreateTags", true)]
    [InlineData("EC2:createtags", "ec2:CreateTags", true)]
    [InlineData("ec2:*Tags", "ec2:CreateTags", true)]
    [InlineData("*", "ec2:CreateTags", true)]
    [InlineData("ec2:Describe*", "ec2:CreateTags", false)]
    public void An_action_is_a_pattern_whatever_its_case(string pattern, string action, bool applies) =>
        Assert.Equal(applies, Decide(new() { Identity = [Allow(pattern)] }, action).IsAllowed);

    [Theory]
    [InlineData("*", true)]
    [InlineData(Session, true)]
    [InlineData("arn:aws:ec2:us-east-1:123456789012:traffic-mirror-session/*", true)]
    [InlineData("arn:aws:ec2:*:*:traffic-mirror-session/tms-?", true)]
    [InlineData("arn:aws:ec2:*", true)]
    [InlineData("arn:aws:ec2:us-east-1:123456789012:traffic-mirror-target/*", false)]
    [InlineData("arn:aws:ec2:us-east-1:210987654321:traffic-mirror-session/*", false)]
    [InlineData("arn:aws:*:traffic-mirror-session/*", false)]
    public void A_resource_is_a_pattern_part_by_part(string pattern, bool applies) =>
        Assert.Equal(applies, Decide(new() { Identity = [Allow("*", pattern)] }).IsAllowed);

    [Fact]
    public void NotAction_and_NotResource_mean_everything_else()
    {
        var policy = Document("""{"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:ec2:*:*:instance/*"}""");

        Assert.True(Decide(new() { Identity = [policy] }).IsAllowed);
        Assert.False(Decide(new() { Identity = [policy] }, "iam:PassRole").IsAllowed);
        Assert.False(Decide(new() { Identity = [policy] }, resource: "arn:aws:ec2:us-east-1:1:instance/i-1").IsAllowed);
    }

    [Fact]
    public void Nothing_is_allowed_that_no_policy_allows_and_the_refusal_says_so() =>
        Assert.Equal(
            (false, "because no identity-based policy allows the ec2:DeleteTrafficMirrorSession action"),
            Result(Decide(new() { Identity = [Allow("ec2:Describe*")] })));

    [Fact]
    public void An_explicit_deny_overrides_every_allow()
    {
        var deny = Document("""{"Effect":"Deny","Action":"ec2:Delete*","Resource":"*"}""");

        Assert.Equal((false, "with an explicit deny in an identity-based policy"), Result(Decide(new() { Identity = [Allow("*"), deny] })));
        Assert.Equal(
            (false, "with an explicit deny in a resource-based policy"),
            Result(Decide(new() { Identity = [Allow("*")], Resource = deny, IsNamed = _ => true })));
        Assert.False(Decide(new() { Resource = deny, IsNamed = _ => true }).IsAllowed);
    }

    [Fact]
    public void A_boundary_and_a_sessions_policy_only_narrow()
    {
        Assert.True(Decide(new() { Identity = [Allow("*")], Boundary = Allow("ec2:*"), Session = [Allow("*")] }).IsAllowed);
        Assert.Equal(
            (false, "because no permissions boundary allows the ec2:DeleteTrafficMirrorSession action"),
            Result(Decide(new() { Identity = [Allow("*")], Boundary = Allow("ssm:*") })));
        Assert.Equal(
            (false, "because no session policy allows the ec2:DeleteTrafficMirrorSession action"),
            Result(Decide(new() { Identity = [Allow("*")], Session = [Allow("ssm:*")] })));
        Assert.False(Decide(new() { Identity = [], Boundary = Allow("*") }).IsAllowed);
    }

    [Fact]
    public void A_resources_policy_allows_those_whom_it_names()
    {
        Assert.True(Decide(new() { Identity = [], Resource = Allow("ec2:*"), IsNamed = _ => true }).IsAllowed);
        Assert.False(Decide(new() { Identity = [], Resource = Allow("ec2:*"), IsNamed = _ => false }).IsAllowed);
    }

    [Theory]
    [InlineData("", "This policy contains invalid Json")]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("[]", "JSON strings must not have leading spaces")]
    [InlineData("""{"Statement":[]}""", "Syntax errors in policy.")]
    [InlineData("""{"Version":"2020-01-01","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", "The policy must contain a valid version string")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"*","Resource":"*"}}""", "Syntax errors in policy.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}}""", "Policy statement must contain actions.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*"}}""", "Policy statement must contain resources.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"CreateTags","Resource":"*"}}""", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"eni-1"}}""", "Resource eni-1 must be in ARN format or \"*\".")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}}""", "Policy document should not specify a principal.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringIs":{"a:b":"c"}}}}""", "Invalid Condition type : StringIs.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NullIfExists":{"a:b":"c"}}}}""", "Invalid Condition type : NullIfExists.")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Extra":1}}""", "Syntax errors in policy.")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"}]}""", "Statement IDs (SID) in a single policy must be unique.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", "Policy document must be version 2012-10-17 or greater.")]
    public void A_malformed_identity_policy_is_refused_in_IAMs_words(string policy, string message)
    {
        var error = Assert.Throws<AwsException>(() => PolicyReader.CheckIdentityPolicy(policy));

        Assert.Equal(("MalformedPolicyDocument", message), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*","Principal":"*"}}""", "Has prohibited field Resource")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}""", "Missing required field Principal")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Principal":"*"}}""", "AssumeRole policy may only specify STS AssumeRole actions.")]
    public void A_malformed_trust_policy_is_refused_in_IAMs_words(string policy, string message) =>
        Assert.Equal(message, Assert.Throws<AwsException>(() => PolicyReader.CheckTrustPolicy(policy)).Message);

    private static (bool, string) Result(Decision decision) => (decision.IsAllowed, decision.Reason);

    private static Decision Decide(PolicySet policies, string action = "ec2:DeleteTrafficMirrorSession", string resource = Session) =>
        policies.Decide(new(action, resource, new()));

    private static PolicyDocument Allow(string action, string resource = "*") =>
        Document($$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}""");

    private static PolicyDocument Document(string statement) =>
        PolicyReader.Read($$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""");
}
