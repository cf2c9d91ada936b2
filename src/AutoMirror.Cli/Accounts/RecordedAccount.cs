using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.EC2.Model;
using Amazon.Runtime;

namespace AutoMirror.Cli.Accounts;

/// <summary>
/// An account as somebody recorded it with the aws CLI: a folder with the answer of each describe as the CLI prints it, in a file named
/// after the command, such as <c>describe-traffic-mirror-sessions.json</c>. It takes no permission to read.
/// </summary>
internal sealed class RecordedAccount(string folder) : IAccountReads
{
    // The CLI prints the members under the names that the SDK has for them.
    private static readonly JsonSerializerOptions Options = new() { Converters = { new WordConverter() } };

    public Task<IReadOnlyList<TrafficMirrorSession>> SessionsAsync(CancellationToken cancellationToken) =>
        Given<DescribeTrafficMirrorSessionsResponse, TrafficMirrorSession>(
            "describe-traffic-mirror-sessions", answer => answer.TrafficMirrorSessions);

    public Task<IReadOnlyList<NetworkInterface>> NetworkInterfacesAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Given<DescribeNetworkInterfacesResponse, NetworkInterface>(
            "describe-network-interfaces", answer => answer.NetworkInterfaces, each => ids.Contains(each.NetworkInterfaceId));

    public Task<IReadOnlyList<Instance>> InstancesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Given<DescribeInstancesResponse, Instance>(
            "describe-instances", answer => answer.Reservations?.SelectMany(reservation => reservation.Instances ?? []),
            each => ids.Contains(each.InstanceId));

    public Task<IReadOnlyList<TrafficMirrorFilter>> FiltersAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Given<DescribeTrafficMirrorFiltersResponse, TrafficMirrorFilter>(
            "describe-traffic-mirror-filters", answer => answer.TrafficMirrorFilters, each => ids.Contains(each.TrafficMirrorFilterId));

    public Task<IReadOnlyList<TrafficMirrorTarget>> TargetsAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Given<DescribeTrafficMirrorTargetsResponse, TrafficMirrorTarget>(
            "describe-traffic-mirror-targets", answer => answer.TrafficMirrorTargets, each => ids.Contains(each.TrafficMirrorTargetId));

    public Task<IReadOnlyList<SecurityGroup>> SecurityGroupsAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Given<DescribeSecurityGroupsResponse, SecurityGroup>(
            "describe-security-groups", answer => answer.SecurityGroups, each => ids.Contains(each.GroupId));

    public Task<IReadOnlyList<Vpc>> VpcsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Given<DescribeVpcsResponse, Vpc>("describe-vpcs", answer => answer.Vpcs, each => ids.Contains(each.VpcId));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private Task<IReadOnlyList<TItem>> Given<TAnswer, TItem>(
        string command, Func<TAnswer, IEnumerable<TItem>?> items, Func<TItem, bool>? isAsked = null)
    {
        var path = Path.Combine(folder, command + ".json");
        try
        {
            using var stream = File.OpenRead(path);
            var answer = JsonSerializer.Deserialize<TAnswer>(stream, Options)
                ?? throw new CommandException($"{path} holds null: it is what aws ec2 {command} prints.");
            return Task.FromResult<IReadOnlyList<TItem>>([.. (items(answer) ?? []).Where(each => isAsked?.Invoke(each) ?? true)]);
        }
        catch (JsonException problem)
        {
            throw new CommandException($"{path} is not what aws ec2 {command} prints: {problem.Message}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} can't be read ({problem.Message}): aws ec2 {command} --output json > {path} makes it.");
        }
    }

    /// <summary>EC2's words, which the SDK has classes for: each is made from its text.</summary>
    private sealed class WordConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsSubclassOf(typeof(ConstantClass));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(OfType<>).MakeGenericType(typeToConvert))!;

        private sealed class OfType<T> : JsonConverter<T>
            where T : ConstantClass
        {
            public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                reader.GetString() is { } word ? (T?)Activator.CreateInstance(typeof(T), word) : null;

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
                writer.WriteStringValue(value.Value);
        }
    }
}
