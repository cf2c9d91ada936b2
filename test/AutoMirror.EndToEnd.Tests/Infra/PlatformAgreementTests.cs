using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>What a platform team and whoever is on call ask for, the SAM template and the Terraform module make alike.</summary>
public sealed class PlatformAgreementTests
{
    private const string Sns = "arn:aws:sns:us-east-1:123456789012";

    /// <summary>What the module's run "platform" is given.</summary>
    public static readonly (string, string)[] Parameters =
    [
        ("DefaultTarget", "tmt-0a6d5c81e93f7b420"), ("RolePath", "/network/"),
        ("PermissionsBoundary", "arn:aws:iam::123456789012:policy/boundary"), ("SubnetIds", "subnet-0123456789abcdef0"),
        ("SecurityGroupIds", "sg-0123456789abcdef0"),
        ("KmsKeyArn", "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
        ("CodeSigningConfigArn", "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0"),
        ("ExistingLogGroup", "/network/automirror"), ("Delivery", "queue"),
    ];

    /// <summary>What the module's run "everything" says of its alarms.</summary>
    private static readonly (string, string)[] Alarms =
    [
        ("DefaultTarget", "tmt-0a6d5c81e93f7b421"), ("Deployment", "mirror-production"), ("Delivery", "queue"),
        ("AlarmTopic", $"{Sns}:alarms"), ("UrgentAlarmTopic", $"{Sns}:nights"), ("InsufficientDataTopic", $"{Sns}:doubts"),
        ("OkActions", "false"), ("ErrorsThreshold", "1"), ("ThrottlesThreshold", "2"), ("FailuresThreshold", "3"),
        ("ProblemsThreshold", "4"), ("UrgentProblemsThreshold", "5"), ("RequestRateThreshold", "6"), ("CoveragePercent", "80"),
        ("LagSeconds", "120"), ("SilenceHours", "7"),
    ];

    [NeedsSamAndTerraformFact]
    public async Task The_function_lives_where_and_under_what_it_is_told_to()
    {
        var (stack, module) = (await SamTemplate.DeployAsync(Parameters), await MadeAsync("platform"));
        var (sam, terraform) = (stack.Resources["Function"], module.Single(each => each.Type == "aws_lambda_function").Values);

        Assert.Equal(
            string.Join('\n', sam["KmsKeyArn"], sam["CodeSigningConfigArn"], sam["VpcConfig"]!["SubnetIds"]![0],
                sam["VpcConfig"]!["SecurityGroupIds"]![0], sam["LoggingConfig"]!["LogGroup"]),
            string.Join('\n', terraform["kms_key_arn"], terraform["code_signing_config_arn"],
                terraform["vpc_config"]![0]!["subnet_ids"]![0], terraform["vpc_config"]![0]!["security_group_ids"]![0],
                terraform["logging_config"]![0]!["log_group"]));
        var role = module.Single(each => each.Type == "aws_iam_role");
        Assert.Equal(
            $"{stack.Resources["Role"]["RoleName"]} {stack.Resources["Role"]["Path"]} {stack.Resources["Role"]["PermissionsBoundary"]}",
            $"{role["name"]} {role["path"]} {role["permissions_boundary"]}");
        Assert.Equal(
            stack.OfType("AWS::SQS::Queue").Select(each => $"{each["QueueName"]} {each["KmsMasterKeyId"]}").Order(),
            module.Where(each => each.Type == "aws_sqs_queue").Select(each => $"{each["name"]} {each["kms_master_key_id"]}").Order());
        Assert.Empty(stack.OfType("AWS::Logs::LogGroup"));
        Assert.DoesNotContain(module, each => each.Type == "aws_cloudwatch_log_group");
    }

    [NeedsSamAndTerraformFact]
    public async Task A_role_that_exists_is_taken_and_none_is_made()
    {
        var stack = await SamTemplate.DeployAsync(("DefaultTarget", "tmt-0a6d5c81e93f7b420"), ("ExistingRole", "mirror"),
            ("RolePath", "/network/"), ("ApiEvents", "ENABLED"));
        var module = await MadeAsync("a_role_that_exists_is_taken");
        var function = module.Single(each => each.Type == "aws_lambda_function");

        Assert.Empty(stack.OfType("AWS::IAM::Role"));
        Assert.DoesNotContain(module, each => each.Type.StartsWith("aws_iam", StringComparison.Ordinal));
        Assert.Equal(
            $"{stack.Resources["Function"]["Role"]} {stack.Resources["Function"]["Environment"]!["Variables"]!["AUTOMIRROR_ROLE_NAME"]}",
            $"{function["role"]} {function.Values["environment"]![0]!["variables"]!["AUTOMIRROR_ROLE_NAME"]}");
        Assert.Equal("mirror arn:aws:iam::123456789012:role/network/mirror", $"{stack.Outputs["RoleName"]} {stack.Outputs["RoleArn"]}");
        // Its own calls start it again in neither.
        static string Issuer(JsonNode pattern) =>
            pattern["detail"]!["userIdentity"]!["sessionContext"]!["sessionIssuer"]!["arn"]!.ToJsonString();
        Assert.Equal(
            Issuer(stack.Resources["ApiRule"]["EventPattern"]!),
            Issuer(JsonNode.Parse(module.Single(each => each.Type == "aws_cloudwatch_event_rule"
                && each["name"] == "automirror-api")["event_pattern"])!));
    }

    [NeedsSamAndTerraformFact]
    public async Task The_alarms_are_the_same_with_the_defaults_and_with_all_that_can_be_said_of_them()
    {
        Assert.Equal(
            Sam(await SamTemplate.DeployAsync(("DefaultTarget", "tmt-0b71de94af3c20586"))), Terraform(await MadeAsync("the_least")));
        Assert.Equal(Sam(await SamTemplate.DeployAsync(Alarms)), Terraform(await MadeAsync("everything")));

        static IEnumerable<string> Sam(CloudFormationStack stack) => stack.OfType("AWS::CloudWatch::Alarm").Select(each => string.Join(' ',
            each["AlarmName"], each["Namespace"], each["MetricName"], each["Statistic"], each["Period"], each["EvaluationPeriods"],
            each["DatapointsToAlarm"], each["Threshold"], each["ComparisonOperator"], each["TreatMissingData"],
            "alarm", Listed(each["AlarmActions"]), "ok", Listed(each["OKActions"]), "no data", Listed(each["InsufficientDataActions"])))
            .Order(StringComparer.Ordinal);
        static IEnumerable<string> Terraform(List<TerraformResource> module) => module
            .Where(each => each.Type == "aws_cloudwatch_metric_alarm").Select(each => string.Join(' ',
                each["alarm_name"], each["namespace"], each["metric_name"], each["statistic"], Given(each["period"]),
                each["evaluation_periods"], Given(each["datapoints_to_alarm"]), each["threshold"], each["comparison_operator"],
                each["treat_missing_data"], "alarm", Listed(each.Values["alarm_actions"]), "ok", Listed(each.Values["ok_actions"]),
                "no data", Listed(each.Values["insufficient_data_actions"]))).Order(StringComparer.Ordinal);
        static string Listed(JsonNode? topics) => string.Join(',', (topics?.AsArray() ?? []).Select(topic => $"{topic}").Order());
        static string Given(string number) => number == "0" ? "" : number;
    }

    [NeedsSamAndTerraformFact]
    public async Task The_queues_let_in_the_same()
    {
        static string Form(string policy) => Regex.Replace(policy, "arn:aws:sqs:[^\"]*", "a queue");
        var sam = (await SamTemplate.DeployAsync(Alarms)).OfType("AWS::SQS::QueuePolicy").SelectMany(each =>
            IamStatement.Read(each["PolicyDocument"]!));
        var terraform = (await MadeAsync("everything")).Where(each => each.Type == "aws_sqs_queue_policy").SelectMany(each =>
            IamStatement.Read(JsonNode.Parse(each["policy"])!));

        Assert.Equal(
            sam.Select(each => Form(each.ToString())).Order(StringComparer.Ordinal),
            terraform.Select(each => Form(each.ToString())).Order(StringComparer.Ordinal));
    }

    [NeedsSamAndTerraformFact]
    public async Task The_saved_queries_are_the_same()
    {
        static string Form(string name, string groups, string query) => $"{name} {groups}: {Regex.Replace(query, @"\s+", " ").Trim()}";
        var sam = (await SamTemplate.DeployAsync(("DefaultTarget", "tmt-0b71de94af3c20586"))).OfType("AWS::Logs::QueryDefinition")
            .Select(each => Form($"{each["Name"]}", string.Join(',', each["LogGroupNames"]!.AsArray()), $"{each["QueryString"]}"));
        var terraform = (await MadeAsync("the_least")).Where(each => each.Type == "aws_cloudwatch_query_definition").Select(each =>
            Form(each["name"], string.Join(',', each.Values["log_group_names"]!.AsArray()), each["query_string"]));

        Assert.Equal(sam.Order(StringComparer.Ordinal), terraform.Order(StringComparer.Ordinal));
        Assert.Equal(3, sam.Count());
    }

    private static async Task<List<TerraformResource>> MadeAsync(string run) => (await TerraformModule.TestRunAsync()).States[run];
}
