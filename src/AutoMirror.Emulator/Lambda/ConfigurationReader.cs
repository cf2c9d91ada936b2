using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Lambda;

/// <summary>Reads the settings of a new function, or the changes to one: what is not given stays as it is.</summary>
internal sealed class ConfigurationReader(Cloud cloud)
{
    private const int MostTimeout = 900;
    private const int MostMemory = 10_240;
    private const int LargestEnvironment = 4096;

    /// <summary>"Defined runtime environment variables": those that Lambda reserves.</summary>
    private static readonly string[] Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    public FunctionConfiguration Read(JsonObject input, FunctionConfiguration old)
    {
        var logging = input["LoggingConfig"] as JsonObject;
        var format = logging?.Text("LogFormat") ?? old.LogFormat;
        var configuration = old with
        {
            Role = input.Text("Role") ?? old.Role,
            Runtime = input.Text("Runtime") ?? old.Runtime,
            Handler = input.Text("Handler") ?? old.Handler,
            Description = input.Text("Description") ?? old.Description,
            Timeout = input.Integer("Timeout") ?? old.Timeout,
            MemorySize = input.Integer("MemorySize") ?? old.MemorySize,
            Environment = input["Environment"] is JsonObject environment ? Environment(environment) : old.Environment,
            Architecture = input.Texts("Architectures") is [var architecture] ? architecture : old.Architecture,
            KmsKeyArn = input.Text("KMSKeyArn") is { } key ? NullIfEmpty(key) : old.KmsKeyArn,
            DeadLetterTargetArn = input["DeadLetterConfig"] is JsonObject letters ? NullIfEmpty(letters.Text("TargetArn"))
                : old.DeadLetterTargetArn,
            TracingMode = (input["TracingConfig"] as JsonObject)?.Text("Mode") ?? old.TracingMode,
            Layers = input.ContainsKey("Layers") ? input.Texts("Layers") : old.Layers,
            EphemeralStorage = (input["EphemeralStorage"] as JsonObject)?.Integer("Size") ?? old.EphemeralStorage,
            SnapStart = (input["SnapStart"] as JsonObject)?.Text("ApplyOn") ?? old.SnapStart,
            Vpc = input["VpcConfig"] is JsonObject vpc ? Vpc(vpc) : old.Vpc,
            LogFormat = format,
            LogGroup = logging is null ? old.LogGroup : logging.Text("LogGroup") ?? old.LogGroup,
            ApplicationLogLevel = Level(logging, "ApplicationLogLevel", format, old.ApplicationLogLevel),
            SystemLogLevel = Level(logging, "SystemLogLevel", format, old.SystemLogLevel),
        };
        Check(configuration);
        return configuration;
    }

    private void Check(FunctionConfiguration configuration)
    {
        if (configuration.Timeout > MostTimeout)
        {
            throw LambdaErrors.Invalid(
                $"'timeout' failed to satisfy constraint: Member must have value less than or equal to {MostTimeout}");
        }

        if (configuration.MemorySize > MostMemory)
        {
            throw LambdaErrors.Invalid(
                $"'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to {MostMemory}");
        }

        // "The role that Lambda assumes": its trust policy decides, now and whenever a sandbox starts.
        if (cloud.Iam.Roles.FindByArn(configuration.Role) is not { } role || !cloud.Access.MayBeAssumedBy(role, "lambda.amazonaws.com"))
            throw LambdaErrors.NotAssumable();
        if (configuration.Vpc is not null && !cloud.Access.MayRole(role, "ec2:CreateNetworkInterface", "*"))
            throw LambdaErrors.RoleMayNot("CreateNetworkInterface", "EC2");
        if (configuration.DeadLetterTargetArn is { } target && !cloud.Access.MayRole(role, "sqs:SendMessage", target))
            throw LambdaErrors.RoleMayNot("SendMessage", "SQS");
    }

    private static ImmutableSortedDictionary<string, string> Environment(JsonObject environment)
    {
        var variables = Resource.NoTags.SetItems((environment["Variables"] as JsonObject ?? [])
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.GetValue<string>())));
        if (variables.Keys.Where(Reserved.Contains).ToList() is { Count: > 0 } reserved)
            throw LambdaErrors.ReservedVariables(reserved);
        if (variables.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) > LargestEnvironment)
            throw LambdaErrors.EnvironmentTooLarge();
        return variables;
    }

    /// <summary>An empty configuration takes a function out of its VPC.</summary>
    private VpcConfiguration? Vpc(JsonObject input)
    {
        var (subnets, groups) = (input.Texts("SubnetIds"), input.Texts("SecurityGroupIds"));
        if (subnets.Count == 0 && groups.Count == 0)
            return null;
        if (subnets.Count == 0 || groups.Count == 0)
            throw LambdaErrors.Invalid("SubnetIds and SecurityGroupIds must coexist or be both empty list.");
        foreach (var subnet in subnets.Where(subnet => cloud.Ec2.Networks.SubnetTable.Find(subnet) is null))
        {
            throw LambdaErrors.Invalid(
                "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID "
                    + $"'{subnet}' does not exist");
        }

        foreach (var group in groups.Where(group => cloud.Ec2.SecurityGroups.Table.Find(group) is null))
        {
            throw LambdaErrors.Invalid(
                "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group "
                    + $"'{group}' does not exist");
        }

        return new(cloud.Ec2.Networks.SubnetTable.Find(subnets[0])!.VpcId, subnets, groups);
    }

    /// <summary>Log levels exist only with the format JSON, where both are INFO unless they are set.</summary>
    private static string? Level(JsonObject? logging, string name, string format, string? old)
    {
        if (format != "JSON")
            return logging?.Text(name) is null ? null : throw LambdaErrors.Invalid($"{name} is only supported with the JSON log format.");
        return logging?.Text(name) ?? old ?? "INFO";
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
