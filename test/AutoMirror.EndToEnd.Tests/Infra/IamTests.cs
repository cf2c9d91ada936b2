using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Core.Model;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

public sealed class IamTests
{
    private const string Balancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/sensors/50dc6c495c0c9188";
    private const string Shared = "arn:aws:ec2:us-east-1:210987654321:traffic-mirror-target/tmt-0a6d5c81e93f7b420";

    /// <summary>All that the template can be asked to permit, named as the Terraform module's run "everything" has it.</summary>
    private static readonly (string, string)[] Everything =
    [
        ("Deployment", "mirror-production"), ("Prefix", "/mirror/production"), ("DefaultTarget", "tmt-0a6d5c81e93f7b421"),
        ("CapturePoints", $"vpce-0123456789abcdef0,{Balancer}"),
        ("OtherTargets", "tmt-0b71de94af3c20586"), ("SharedTargets", Shared), ("TargetsByTag", "true"), ("Delivery", "queue"),
        ("SensorFilters", "tmf-0d19f7e3a25c84b60"), ("SessionTagKeys", "cost-centre"), ("AllowDeletes", "true"),
    ];

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_template_permits_what_the_code_calls_and_nothing_else()
    {
        var (extra, missing) = IamActions.Compare(
            IamActions.Granted(await IamActions.OfSamAsync(Everything)), IamActions.Called.Union(IamActions.CalledByLambda));

        Assert.Empty(extra);
        Assert.Empty(missing);
    }

    [NeedsTerraformFact]
    public async Task The_module_permits_what_the_code_calls_and_nothing_else()
    {
        var (extra, missing) = IamActions.Compare(
            IamActions.Granted(await IamActions.OfTerraformAsync("everything")), IamActions.Called.Union(IamActions.CalledByLambda));

        Assert.Empty(extra);
        Assert.Empty(missing);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task A_permission_too_many_and_one_too_few_are_both_found()
    {
        var template = JsonNode.Parse(await SamTemplate.JsonAsync())!.AsObject();
        var see = template["Resources"]!["Role"]!["Properties"]!["Policies"]![0]!["PolicyDocument"]!["Statement"]![0]!["Action"]!.AsArray();
        see.Remove(see.Single(action => action!.ToString() == "ec2:DescribeVpcs"));
        see.Add("ec2:RunInstances");
        var stack = new CloudFormationStack(template, Everything.ToDictionary(p => p.Item1, p => p.Item2));
        var planted = IamStatement.Read(stack.Resources["Role"]["Policies"]![0]!["PolicyDocument"]!);

        var (extra, missing) = IamActions.Compare(IamActions.Granted(planted), IamActions.Called.Union(IamActions.CalledByLambda));

        Assert.Equal(["ec2:RunInstances"], extra);
        Assert.Equal(["ec2:DescribeVpcs"], missing);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task With_direct_delivery_the_function_can_not_touch_a_queue_but_for_its_failures()
    {
        var queueing = (await IamActions.OfSamAsync(("DefaultTarget", "tmt-0b71de94af3c20586")))
            .Where(s => s.Actions.Any(action => action.StartsWith("sqs:", StringComparison.Ordinal)));

        Assert.Equal("arn:aws:sqs:us-east-1:123456789012:automirror-failures", Assert.Single(Assert.Single(queueing).Resources));
    }

    /// <summary>Where ids are made by AWS, or written another way, the resources differ in form; everything else is the same.</summary>
    [NeedsSamAndTerraformFact]
    public async Task The_template_and_the_module_say_the_same_statement_by_statement()
    {
        await SameStatementsAsync(Everything, "everything");
        await SameStatementsAsync(PlatformAgreementTests.Parameters, "platform");
    }

    private static async Task SameStatementsAsync((string, string)[] parameters, string run)
    {
        string[] differentInForm =
        [
            "WithTheFilter", "WithSensorsFilters", "ToTheDefaultSensor", "ToOtherSensors", "ToTheTargetsMadeHere",
            "Log", "KeepWhatFailed", "TakeFromTheQueue", "HandOnWhatIsLeft",
        ];
        IamStatement Form(IamStatement s) => !differentInForm.Contains(s.Sid) ? s : s with
        {
            Resources = [.. s.Resources.Select(r => Regex.Match(r, "traffic-mirror-[a-z]+/|:sqs:|:log-group:").Value).Distinct()],
            // In CloudFormation a list of ids can't carry the account's number: there, a condition does.
            Condition = s.Condition.Replace("""{"StringEquals":{"aws:ResourceAccount":"123456789012"}}""", "", StringComparison.Ordinal),
        };

        var sam = (await IamActions.OfSamAsync(parameters)).Select(Form).OrderBy(s => s.Sid, StringComparer.Ordinal);
        var terraform = (await IamActions.OfTerraformAsync(run)).Select(Form).OrderBy(s => s.Sid, StringComparer.Ordinal);

        Assert.Equal(sam.Select(s => s.ToString()), terraform.Select(s => s.ToString()));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task No_action_is_a_wildcard_and_only_describes_are_for_all_resources()
    {
        foreach (var statement in await IamActions.OfSamAsync(Everything))
        {
            Assert.DoesNotContain(statement.Actions, action => action.Contains('*', StringComparison.Ordinal));
            if (statement.Resources.Contains("*"))
                Assert.All(statement.Actions, action => Assert.StartsWith("ec2:Describe", action, StringComparison.Ordinal));
        }
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Every_write_to_a_session_hangs_on_the_owner_tag()
    {
        var writes = (await IamActions.OfSamAsync(Everything))
            .Where(s => s.Resources.Any(r => r.Contains("traffic-mirror-session/", StringComparison.Ordinal))).ToList();

        Assert.Equal(5, writes.Count);
        Assert.All(writes, s => Assert.Matches(
            $$"""aws:(RequestTag|ResourceTag)/{{Ownership.ManagedByKey}}":"mirror-production""", s.Condition));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Only_AutoMirrors_own_tags_and_the_keys_that_are_named_can_be_written_and_only_two_marks_removed()
    {
        string[] own =
        [
            Ownership.ManagedByKey, Ownership.InstanceIdKey, Ownership.SensorKey, Ownership.UntilKey, Ownership.SetKey, Ownership.NameKey,
        ];
        async Task<List<string>> Writable(params (string, string)[] parameters) =>
        [
            .. (await IamActions.OfSamAsync(parameters)).Where(s => s.Actions.Contains("ec2:CreateTags")).Select(s =>
                string.Join(' ', JsonNode.Parse(s.Condition)!["ForAllValues:StringEquals"]!["aws:TagKeys"]!.AsArray())),
        ];

        Assert.Equal(Enumerable.Repeat(string.Join(' ', own), 2), await Writable(Everything[2]));
        Assert.Equal(Enumerable.Repeat(string.Join(' ', [.. own, "cost-centre"]), 2), await Writable(Everything));
        var removal = Assert.Single(await IamActions.OfSamAsync(Everything), s => s.Actions.Contains("ec2:DeleteTags"));
        Assert.Contains("""{"aws:TagKeys":["automirror:until","automirror:set"]}""", removal.Condition, StringComparison.Ordinal);
        // DeleteTags without keys takes all tags, and ForAllValues is true of none.
        Assert.Contains(""""Null":{"aws:TagKeys":"false"}"""", removal.Condition, StringComparison.Ordinal);
    }

    /// <summary>A function that lives in a VPC needs more of EC2, which its own calls must not use.</summary>
    [NeedsPythonModuleFact("samtranslator")]
    public async Task What_Lambda_needs_in_a_VPC_the_functions_own_calls_may_not_do()
    {
        var statements = await IamActions.OfSamAsync([
            .. Everything, ("SubnetIds", "subnet-0123456789abcdef0"), ("SecurityGroupIds", "sg-0123456789abcdef0"),
        ]);

        var (allow, deny) = (statements.Single(s => s.Sid == "LiveInTheVpc"), statements.Single(s => s.Sid == "OnlyLambdaItself"));
        Assert.Equal(("Deny", string.Join(' ', allow.Actions)), (deny.Effect, string.Join(' ', deny.Actions)));
        Assert.Equal(
            """{"ArnEquals":{"lambda:SourceFunctionArn":"arn:aws:lambda:us-east-1:123456789012:function:mirror-production"}}""",
            deny.Condition);
        Assert.Empty(allow.Actions.Intersect(IamActions.Called));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_targets_are_those_given_those_made_those_shared_and_the_tagged_ones()
    {
        var targets = (await IamActions.OfSamAsync(Everything))
            .Where(s => s.Resources.Any(r => r.Contains("traffic-mirror-target/", StringComparison.Ordinal)))
            .ToDictionary(s => s.Sid, s => s);

        Assert.Equal(["arn:*:ec2:*:*:traffic-mirror-target/tmt-0a6d5c81e93f7b421"], targets["ToTheDefaultSensor"].Resources);
        Assert.Equal(["arn:*:ec2:*:*:traffic-mirror-target/tmt-0b71de94af3c20586"], targets["ToOtherSensors"].Resources);
        Assert.All([targets["ToTheDefaultSensor"], targets["ToOtherSensors"]], s =>
            Assert.Equal("""{"StringEquals":{"aws:ResourceAccount":"123456789012"}}""", s.Condition));
        Assert.Equal(
            ["arn:aws:ec2:us-east-1:123456789012:traffic-mirror-target/tmt-0123456789abcdef1",
             "arn:aws:ec2:us-east-1:123456789012:traffic-mirror-target/tmt-0123456789abcdef2"],
            targets["ToTheTargetsMadeHere"].Resources);
        Assert.Equal([Shared], targets["ToSharedSensors"].Resources);
        Assert.Equal(["arn:aws:ec2:us-east-1:123456789012:traffic-mirror-target/*"], targets["ToTaggedSensors"].Resources);
        Assert.Equal("""{"Null":{"aws:ResourceTag/automirror:sensor":"false"}}""", targets["ToTaggedSensors"].Condition);
        Assert.Equal(5, targets.Count);
    }

    /// <summary>A role's inline policies hold 10,240 characters, white space not counted (IAM guide, "IAM and STS quotas").</summary>
    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_policy_has_room_for_fifty_targets_of_the_default_sensor()
    {
        var targets = string.Join(',', Enumerable.Range(0, 50).Select(n => $"tmt-0{n:x16}"));
        var stack = await SamTemplate.DeployAsync([.. Everything.Where(p => p.Item1 != "DefaultTarget"), ("DefaultTarget", targets)]);

        var characters = Regex.Replace(stack.Resources["Role"]["Policies"]![0]!["PolicyDocument"]!.ToJsonString(), @"\s", "").Length;

        Assert.InRange(characters, 1, 10_240);
    }
}
