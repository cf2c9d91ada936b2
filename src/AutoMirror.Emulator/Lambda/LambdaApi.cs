using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>Lambda's API, REST-JSON. Invoke is not here, since its answer comes later (<see cref="InvokeAction"/>).</summary>
internal sealed class LambdaApi(Cloud cloud) : ServiceApi("lambda")
{
    private const int UsualPage = 50;

    private readonly FunctionActions _functions = new(cloud);
    private readonly PermissionActions _permissions = new(cloud);
    private readonly InvocationSettings _settings = new(cloud);
    private readonly MappingActions _mappings = new(cloud);
    private readonly LambdaTags _tags = new(cloud);

    protected override IEnumerable<Limit> LimitsOf(string action) => ModelLimits.Lambda.Of(action);

    protected override AwsException InvalidNextToken() => LambdaErrors.Invalid("Marker is not valid.");

    protected override Handler? Find(string action) => action switch
    {
        "CreateFunction" => _functions.Create,
        "GetFunction" => _functions.Get,
        "GetFunctionConfiguration" => input => FunctionJson.Write(Of(input)),
        "UpdateFunctionCode" => _functions.UpdateCode,
        "UpdateFunctionConfiguration" => _functions.UpdateConfiguration,
        "DeleteFunction" => Do(input => cloud.Lambda.Delete(Of(input))),
        "ListFunctions" => ListFunctions,
        "ListVersionsByFunction" => input => new() { ["Versions"] = new JsonArray(FunctionJson.Write(Of(input), "$LATEST")) },
        "ListAliases" => ListAliases,
        "AddPermission" => _permissions.Add,
        "GetPolicy" => _permissions.Get,
        "RemovePermission" => Do(_permissions.Remove),
        "PutFunctionConcurrency" => _settings.PutConcurrency,
        "GetFunctionConcurrency" => input => new JsonObject().WithAny("ReservedConcurrentExecutions", Of(input).ReservedConcurrency),
        "DeleteFunctionConcurrency" => Do(input => Of(input).ReservedConcurrency = null),
        "PutFunctionEventInvokeConfig" => _settings.PutEventInvoke,
        "UpdateFunctionEventInvokeConfig" => _settings.UpdateEventInvoke,
        "GetFunctionEventInvokeConfig" => _settings.GetEventInvoke,
        "DeleteFunctionEventInvokeConfig" => Do(_settings.DeleteEventInvoke),
        "ListFunctionEventInvokeConfigs" => _settings.ListEventInvoke,
        "GetFunctionRecursionConfig" => input => new() { ["RecursiveLoop"] = Of(input).RecursiveLoop },
        "PutFunctionRecursionConfig" => _settings.PutRecursion,
        "GetFunctionCodeSigningConfig" => CodeSigning,
        "PutFunctionCodeSigningConfig" => PutCodeSigning,
        "DeleteFunctionCodeSigningConfig" => Do(input => Of(input).CodeSigningConfigArn = null),
        "GetRuntimeManagementConfig" => input => new() { ["UpdateRuntimeOn"] = "Auto", ["FunctionArn"] = Of(input).Arn },
        "CreateEventSourceMapping" => _mappings.Create,
        "GetEventSourceMapping" => _mappings.Get,
        "UpdateEventSourceMapping" => _mappings.Update,
        "DeleteEventSourceMapping" => _mappings.Delete,
        "ListEventSourceMappings" => _mappings.List,
        "ListTags" => _tags.List,
        "TagResource" => Do(_tags.Tag),
        "UntagResource" => Do(_tags.Untag),
        "GetAccountSettings" => _ => AccountSettings(),
        _ => null,
    };

    private static Handler Do(Action<JsonObject> work) => input =>
    {
        work(input);
        return [];
    };

    private LambdaFunction Of(JsonObject input) => cloud.Lambda.Get(input.Required("FunctionName"));

    private JsonObject ListFunctions(JsonObject input) => Page(
        "Functions", cloud.Lambda.Functions, function => function.Name, input, input.Integer("MaxItems") ?? UsualPage,
        function => FunctionJson.Write(function), "Marker", "NextMarker");

    /// <summary>There are no aliases, since there are no versions but the latest.</summary>
    private JsonObject ListAliases(JsonObject input)
    {
        Of(input);
        return new() { ["Aliases"] = new JsonArray() };
    }

    private JsonObject CodeSigning(JsonObject input)
    {
        var function = Of(input);
        return new JsonObject { ["FunctionName"] = function.Name }.WithAny("CodeSigningConfigArn", function.CodeSigningConfigArn);
    }

    private JsonObject PutCodeSigning(JsonObject input)
    {
        Of(input).CodeSigningConfigArn = input.Required("CodeSigningConfigArn");
        return CodeSigning(input);
    }

    private JsonObject AccountSettings()
    {
        var functions = cloud.Lambda.Functions;
        var concurrency = cloud.Options.Quotas.ConcurrentExecutions;
        return new()
        {
            ["AccountLimit"] = new JsonObject
            {
                ["TotalCodeSize"] = 80_530_636_800, ["CodeSizeUnzipped"] = 262_144_000, ["CodeSizeZipped"] = 52_428_800,
                ["ConcurrentExecutions"] = concurrency,
                ["UnreservedConcurrentExecutions"] = concurrency - functions.Sum(each => each.ReservedConcurrency ?? 0),
            },
            ["AccountUsage"] = new JsonObject
            {
                ["TotalCodeSize"] = functions.Sum(each => (long)each.Code.Zip.Length), ["FunctionCount"] = functions.Count,
            },
        };
    }
}
