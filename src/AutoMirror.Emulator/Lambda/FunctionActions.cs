using System.IO.Compression;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>Functions over the wire: their code and their configuration.</summary>
internal sealed class FunctionActions(Cloud cloud)
{
    private readonly ConfigurationReader _reader = new(cloud);

    public JsonObject Create(JsonObject input)
    {
        using var turn = cloud.Enter();
        if (input.Flag("Publish"))
            throw LambdaErrors.NotEmulated("A published version");
        var code = ReadCode(input["Code"] as JsonObject ?? []);
        var configuration = _reader.Read(input, new() { Role = input.Required("Role") });
        if (configuration.Runtime is null || configuration.Handler is null)
            throw LambdaErrors.Invalid("Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        var name = FunctionNames.NameOf(cloud, input.Required("FunctionName"));
        var function = cloud.Lambda.Create(name, configuration, code);
        function.Tags = function.Tags.SetItems(LambdaTags.Read(input));
        function.CodeSigningConfigArn = input.Text("CodeSigningConfigArn");
        // "The function is pending while Lambda creates resources for it": by the next request it is active here.
        var output = FunctionJson.Write(function);
        output["State"] = "Pending";
        output["StateReason"] = "The function is being created.";
        output["StateReasonCode"] = "Creating";
        return output;
    }

    public JsonObject Get(JsonObject input)
    {
        var function = Of(input);
        return new JsonObject
        {
            ["Configuration"] = FunctionJson.Write(function),
            ["Code"] = new JsonObject
            {
                ["RepositoryType"] = "S3",
                ["Location"] = new Uri(cloud.Endpoint, $"_automirror/code/{function.Name}").ToString()
            },
        }.WithAny("Tags", function.Tags.Count == 0 ? null : function.Tags.ToJsonObject())
            .WithAny("Concurrency", function.ReservedConcurrency is { } reserved
                ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved }
                : null);
    }

    public JsonObject UpdateCode(JsonObject input)
    {
        using var turn = cloud.Enter();
        if (input.Flag("Publish"))
            throw LambdaErrors.NotEmulated("A published version");
        var function = Revised(input);
        var code = ReadCode(input);
        var architecture = input.Texts("Architectures") is [var given] ? given : function.Configuration.Architecture;
        if (input.Flag("DryRun"))
            return FunctionJson.Write(function);
        function.Code = code;
        function.Configuration = function.Configuration with { Architecture = architecture };
        return Updated(function);
    }

    public JsonObject UpdateConfiguration(JsonObject input)
    {
        using var turn = cloud.Enter();
        var function = Revised(input);
        function.Configuration = _reader.Read(input, function.Configuration);
        return Updated(function);
    }

    private LambdaFunction Of(JsonObject input)
    {
        var function = cloud.Lambda.Get(input.Required("FunctionName"));
        return input.Text("Qualifier") is null or "$LATEST" ? function
            : throw LambdaErrors.FunctionNotFound(cloud, $"{function.Arn}:{input.Text("Qualifier")}");
    }

    /// <summary>The function, when it still is what the caller knows.</summary>
    private LambdaFunction Revised(JsonObject input)
    {
        var function = Of(input);
        return (input.Text("RevisionId") ?? function.RevisionId) == function.RevisionId ? function : throw LambdaErrors.RevisionMismatch();
    }

    private static JsonObject Updated(LambdaFunction function)
    {
        function.Touch();
        var output = FunctionJson.Write(function);
        output["LastUpdateStatus"] = "InProgress";
        return output;
    }

    /// <summary>The archive is looked through when it comes, so that one which can't be unpacked is refused.</summary>
    private FunctionCode ReadCode(JsonObject code)
    {
        if (code.Text("ImageUri") is not null)
            throw LambdaErrors.NotEmulated("A container image");
        var zip = code.Text("S3Bucket") is { } bucket
            ? cloud.Lambda.Packages.Get(bucket, code.Required("S3Key"), code.Text("S3ObjectVersion"))
            : Convert.FromBase64String(code.Text("ZipFile") ?? throw LambdaErrors.Invalid("Please provide a source for function code."));
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
            return archive.Entries.Count > 0 ? new(zip) : throw LambdaErrors.EmptyZip();
        }
        catch (InvalidDataException)
        {
            throw LambdaErrors.NotAZip();
        }
    }
}
