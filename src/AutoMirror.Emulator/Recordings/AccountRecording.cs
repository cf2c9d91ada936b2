using System.Text.Json;
using System.Text.RegularExpressions;

namespace AutoMirror.Emulator.Recordings;

/// <summary>
/// An account in a folder: the answers of the describes as the aws CLI prints them, one file a command, named after it
/// (<c>describe-instances.json</c>). What a member is called is the service model's.
/// </summary>
public sealed partial class AccountRecording
{
    private const string Suffix = ".json";

    private static readonly string[] Needed =
        ["describe-instances", "describe-network-interfaces", "describe-subnets", "describe-vpcs"];

    private readonly string _folder;
    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private AccountRecording(string folder) => _folder = folder;

    /// <summary>The Region that it was recorded in; null where no file says.</summary>
    public string? Region => ParameterArn?[3]
        ?? (Zone is { } zone && RegionOfZone().Match(zone) is { Success: true } match ? match.Value : null);

    /// <summary>The account that was recorded; null where no file says.</summary>
    public string? AccountId => Account ?? ParameterArn?[4]
        ?? List("describe-vpcs", "Vpcs").Select(each => each.Text("OwnerId")).FirstOrDefault();

    /// <summary>Files of a whole recording that are not there: the account begins without what is in them.</summary>
    public IReadOnlyList<string> Missing =>
        [.. RecordedAccount.Commands.Where(command => !_answers.ContainsKey(command)).Select(command => command + Suffix)];

    /// <summary>Every id in it, so that new ones differ.</summary>
    internal IReadOnlyCollection<string> Ids => _ids;

    private string? Account => _answers.TryGetValue("get-caller-identity", out var identity)
        ? new Entry(identity, "get-caller-identity.json").Text("Account")
        : null;

    private string[]? ParameterArn => List("get-parameters-by-path", "Parameters").Select(each => each.Text("ARN")?.Split(':'))
        .FirstOrDefault(parts => parts is { Length: > 5 });

    private string? Zone => List("describe-subnets", "Subnets").Select(each => each.Text("AvailabilityZone"))
        .FirstOrDefault(zone => zone is not null);

    /// <summary>Opens a recording.</summary>
    /// <exception cref="RecordingException">There is none, it lacks what an account is made of, or a file is not JSON.</exception>
    public static AccountRecording Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new RecordingException($"there is no folder {folder}.");
        var recording = new AccountRecording(folder);
        foreach (var path in Directory.GetFiles(folder, "*" + Suffix))
            recording.Read(path);
        return Needed.FirstOrDefault(command => !recording._answers.ContainsKey(command)) is { } missing
            ? throw new RecordingException(
                $"{missing}{Suffix} is not in {folder}: aws ec2 {missing} > {Path.Combine(folder, missing + Suffix)}")
            : recording;
    }

    /// <summary>Puts what was recorded in the place of everything that an account has of these kinds.</summary>
    /// <exception cref="RecordingException">A file does not hold what its name says.</exception>
    public void LoadInto(Cloud cloud) => new RecordedAccount(this, cloud).Load();

    /// <summary>The list in a recorded answer; empty where there is no such file.</summary>
    internal IReadOnlyList<Entry> List(string command, string root)
    {
        if (!_answers.TryGetValue(command, out var answer))
            return [];
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(root, out _)
            ? new Entry(answer, command + Suffix).Structures(root)
            : throw new RecordingException($"{command}{Suffix} has no list {root}: it holds another command's answer.");
    }

    private void Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            _answers[Path.GetFileNameWithoutExtension(path)] = document.RootElement.Clone();
            Collect(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{Path.GetFileName(path)} in {_folder} can't be read: {problem.Message}");
        }
    }

    private void Collect(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
                Collect(member.Value);
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
                Collect(item);
        }
        else if (json.ValueKind == JsonValueKind.String && Id().IsMatch(json.GetString()!))
        {
            _ids.Add(json.GetString()!);
        }
    }

    // Zones end in a letter; those of Local Zones have more behind the Region (us-west-2-lax-1a).
    [GeneratedRegex(@"^[a-z]{2,}(-[a-z]+)+-\d+")]
    private static partial Regex RegionOfZone();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*-[0-9a-f]{8,17}$")]
    private static partial Regex Id();
}
