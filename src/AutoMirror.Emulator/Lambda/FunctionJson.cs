using System.Globalization;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>A function's configuration as Lambda writes it.</summary>
internal static class FunctionJson
{
    public static JsonObject Write(LambdaFunction function, string? qualifier = null)
    {
        var settings = function.Configuration;
        return new JsonObject
        {
            ["FunctionName"] = function.Name,
            ["FunctionArn"] = qualifier is null ? function.Arn : $"{function.Arn}:{qualifier}",
            ["Runtime"] = settings.Runtime, ["Role"] = settings.Role, ["Handler"] = settings.Handler,
            ["CodeSize"] = function.Code.Zip.Length, ["Description"] = settings.Description, ["Timeout"] = settings.Timeout,
            ["MemorySize"] = settings.MemorySize, ["LastModified"] = Time(function.LastModified), ["CodeSha256"] = function.Code.Sha256,
            ["Version"] = "$LATEST", ["TracingConfig"] = new JsonObject { ["Mode"] = settings.TracingMode },
            ["RevisionId"] = function.RevisionId, ["State"] = "Active", ["LastUpdateStatus"] = "Successful", ["PackageType"] = "Zip",
            ["Architectures"] = new JsonArray(settings.Architecture),
            ["EphemeralStorage"] = new JsonObject { ["Size"] = settings.EphemeralStorage },
            ["SnapStart"] = new JsonObject { ["ApplyOn"] = settings.SnapStart, ["OptimizationStatus"] = "Off" },
            ["LoggingConfig"] = new JsonObject { ["LogFormat"] = settings.LogFormat, ["LogGroup"] = function.LogGroup }
                .WithAny("ApplicationLogLevel", settings.ApplicationLogLevel).WithAny("SystemLogLevel", settings.SystemLogLevel),
        }.WithAny("Environment", settings.Environment.Count == 0 ? null
            : new JsonObject { ["Variables"] = settings.Environment.ToJsonObject() })
            .WithAny("KMSKeyArn", settings.KmsKeyArn)
            .WithAny("DeadLetterConfig", settings.DeadLetterTargetArn is { } arn ? new JsonObject { ["TargetArn"] = arn } : null)
            .WithAny("Layers", settings.Layers.Count == 0 ? null
                : settings.Layers.Select(layer => new JsonObject { ["Arn"] = layer, ["CodeSize"] = 0 }).ToJsonArray())
            .WithAny("VpcConfig", settings.Vpc?.Write());
    }

    /// <summary><c>2026-03-04T05:06:07.891+0000</c>, which only Lambda writes.</summary>
    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);
}
