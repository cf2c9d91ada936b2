using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AutoMirror.Cli.Rehearsing;

/// <summary>Cases that a policy is held against, as somebody writes them down in JSON.</summary>
internal sealed record CaseFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The policy itself, or the path of a file with it, from the folder of the cases; null for the recorded account's.</summary>
    public JsonNode? Policy { get; init; }

    /// <summary>The sensors that there are besides <c>default</c>.</summary>
    public IReadOnlyList<string> Sensors { get; init; } = [];

    public required IReadOnlyList<PolicyCase> Cases { get; init; }

    /// <summary>Reads the file, and the policy that it names.</summary>
    /// <exception cref="UsageException">It can't be read.</exception>
    public static async Task<CaseFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = JsonSerializer.Deserialize<CaseFile>(await File.ReadAllTextAsync(path, cancellationToken), Strict)
                ?? throw new UsageException($"{path} holds no cases.");
            if (file.Policy is not JsonValue name || !name.TryGetValue<string>(out var policy))
                return file;
            var at = Path.Combine(Path.GetDirectoryName(path) ?? "", policy);
            return file with { Policy = JsonNode.Parse(await File.ReadAllTextAsync(at, cancellationToken)) };
        }
        catch (JsonException problem)
        {
            throw new UsageException($"{path}: {problem.Message}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the cases can't be read: {problem.Message}");
        }
    }
}

/// <summary>One case.</summary>
/// <param name="Id">An instance or an interface of the recorded account; null where <paramref name="Given"/> describes one.</param>
internal sealed record PolicyCase(string Name, GivenInterface? Given, string? Id, [property: JsonRequired] ExpectedVerdict Expect);

/// <summary>An interface and what it belongs to; what is left out is as it mostly is.</summary>
internal sealed record GivenInterface
{
    /// <summary>Null for an interface that belongs to no instance.</summary>
    public string? InstanceType { get; init; } = "m5.large";

    public string State { get; init; } = "running";
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> InterfaceTags { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> SubnetTags { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> VpcTags { get; init; } = new Dictionary<string, string>();
    public string Vpc { get; init; } = "vpc-1";
    public string Subnet { get; init; } = "subnet-1";
    public string InterfaceType { get; init; } = "interface";
    public int DeviceIndex { get; init; }
    public string? ManagedBy { get; init; }
}

/// <summary>What is expected; what is left out may be anything.</summary>
/// <param name="Because">A part of the reasons' words.</param>
internal sealed record ExpectedVerdict(string? Verdict, string? Sensor, int? SessionNumber, string? Because);
