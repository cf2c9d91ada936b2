using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Cli.Recording;

/// <summary>Replaces what tells whose account it is, each thing by the same pseudonym everywhere: ids, accounts, addresses, names and the
/// values of tags. What the planner decides by stays: the words of the opt-in tag, types, states, zones, numbers.</summary>
/// <remarks>The key is thrown away with the process. Addresses that share a prefix still share one, so that ranges hold what they
/// held.</remarks>
internal sealed partial class Pseudonyms
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "Description", "GroupName", "KeyName", "ClientToken" };

    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "PrivateDnsName", "PublicDnsName", "PrivateDnsNames", "DnsEntries", "MacAddress", "IamInstanceProfile", "UserId",
        "PolicyDocument", "StateTransitionReason", "CapacityReservationSpecification",
    };

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<int, int> _networks = [];
    private readonly string _prefix;

    /// <param name="prefix">The deployment's prefix, which stays.</param>
    /// <param name="answers">All of the recording, in which the VPCs' own network identifiers are found.</param>
    public Pseudonyms(string prefix, IEnumerable<JsonObject> answers)
    {
        _prefix = prefix;
        foreach (var vpc in answers.SelectMany(answer => (answer["Vpcs"] as JsonArray) ?? [])
            .Select(vpc => vpc?["VpcId"]?.GetValue<string>()))
        {
            if (Id<Vpc>.TryParse(vpc) is { } id)
                _networks[VirtualNetworks.Of(id).Value] = VirtualNetworks.Of(Id<Vpc>.Parse(Scrub(id.Value))).Value;
        }
    }

    /// <summary>Replaces everything in an answer, in place.</summary>
    public void Replace(JsonObject answer)
    {
        foreach (var (name, value) in answer.ToList())
        {
            switch (value)
            {
                case JsonArray tags when name is "Tags" or "TagSet":
                    foreach (var tag in tags.OfType<JsonObject>())
                        ReplaceTag(tag);
                    break;
                case JsonArray parameters when name == "Parameters":
                    foreach (var parameter in parameters.OfType<JsonObject>())
                        ReplaceParameter(parameter);
                    break;
                case not null when Dropped.Contains(name):
                    answer.Remove(name);
                    break;
                case JsonValue number when name == "VirtualNetworkId" && number.TryGetValue<int>(out var vni):
                    answer[name] = _networks.GetValueOrDefault(vni, vni);
                    break;
                default:
                    answer[name] = Replaced(name, value);
                    break;
            }
        }
    }

    private JsonNode? Replaced(string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject inner:
                Replace(inner);
                return inner.DeepClone();
            case JsonArray list:
                return new JsonArray([.. list.Select(each => Replaced(name, each?.DeepClone()))]);
            case JsonValue text when text.TryGetValue<string>(out var word):
                return Names.Contains(name) && word.Length > 0 && !word.StartsWith("automirror/", StringComparison.Ordinal)
                    ? Name(word)
                    : Scrub(word);
            default:
                return value?.DeepClone();
        }
    }

    private void ReplaceTag(JsonObject tag)
    {
        var (key, value) = (tag["Key"]?.GetValue<string>() ?? "", tag["Value"]?.GetValue<string>() ?? "");
        tag["Value"] = key is Ownership.ManagedByKey or Ownership.UntilKey or Ownership.SetKey ? value
            : key is Ownership.InstanceIdKey || value.StartsWith("automirror ", StringComparison.Ordinal) ? Scrub(value) : TagValue(value);
        if (ClusterKey().Match(key) is { Success: true } match)
            tag["Key"] = $"{match.Groups["before"].Value}{Name(match.Groups["name"].Value)}";
    }

    private void ReplaceParameter(JsonObject parameter)
    {
        var (name, value) = (parameter["Name"]?.GetValue<string>() ?? "", parameter["Value"]?.GetValue<string>() ?? "");
        parameter["Value"] = name == ParameterSetReader.PolicyParameter(_prefix) ? Policy(value) : Scrub(value);
        if (!name.StartsWith(ParameterSetReader.TargetsParameter(_prefix, ""), StringComparison.Ordinal))
        {
            parameter["ARN"] = Scrub(parameter["ARN"]?.GetValue<string>() ?? "");
            return;
        }

        var sensor = name[ParameterSetReader.TargetsParameter(_prefix, "").Length..];
        parameter["Name"] = ParameterSetReader.TargetsParameter(_prefix, TagValue(sensor));
        parameter["ARN"] = Scrub(parameter["ARN"]?.GetValue<string>() ?? "").Replace(sensor, TagValue(sensor), StringComparison.Ordinal);
    }

    /// <summary>A policy with the names in it replaced as they are in tags.</summary>
    private string Policy(string json)
    {
        if (JsonNode.Parse(json.TrimStart('\uFEFF')) is not JsonObject policy)
            return json;
        foreach (var list in ((string[])["exclude", "mandatory"]).Select(part => policy[part]?["tags"]).OfType<JsonObject>())
        {
            foreach (var values in list.Select(each => each.Value).OfType<JsonArray>())
            {
                for (var i = 0; i < values.Count; i++)
                    values[i] = TagValue(values[i]?.GetValue<string>() ?? "");
            }
        }

        if (policy["sensors"] is JsonObject sensors)
            policy["sensors"] = new JsonObject(sensors.Select(each => KeyValuePair.Create(TagValue(each.Key), each.Value?.DeepClone())));
        foreach (var part in ((string[])["mandatory", "guardDuty"]).Select(part => policy[part]).OfType<JsonObject>())
        {
            if (part["sensor"]?.GetValue<string>() is { } sensor)
                part["sensor"] = TagValue(sensor);
        }

        if (policy["untagged"]?.GetValue<string>() is { } untagged)
            policy["untagged"] = TagValue(untagged);
        if (policy["sessionTags"] is JsonObject own)
            policy["sessionTags"] = new JsonObject(own.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)Name($"{each.Value}"))));
        return Scrub(policy.ToJsonString());
    }

    // The words that opt in or out are no secret, and decide. The default sensor's name is everybody's.
    private string TagValue(string value) =>
        value is "" or "*" || value == SensorName.Default.Value || MirrorWish.Of(value) is not MirrorWish.ToSensor ? value : Name(value);

    private string Name(string value) => $"name{Hash(value, 8)}";

    /// <summary>Text with its ids, accounts, load balancers and addresses replaced.</summary>
    private string Scrub(string text)
    {
        text = Balancer().Replace(text, match =>
            $"{match.Groups["kind"].Value}{Name(match.Groups["name"].Value)}/{Hash(match.Groups["id"].Value, 16)}");
        text = ResourceId().Replace(text, match => $"{match.Groups["prefix"].Value}{Hash(match.Value, match.Groups["rest"].Length)}");
        text = Account().Replace(text, match => Digits(match.Value));
        return Address().Replace(text, match => Addresses.Replace(match.Value, _key));
    }

    private string Hash(string value, int length) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(value)))[..Math.Min(length, 64)];

    private string Digits(string value)
    {
        var hash = BitConverter.ToUInt64(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(value)));
        return ((hash % 900_000_000_000) + 100_000_000_000).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\b(?<prefix>[a-z]{1,10}(-[a-z]{2,10})*-)(?<rest>[0-9a-f]{8}([0-9a-f]{9})?)\b")]
    private static partial Regex ResourceId();

    [GeneratedRegex(@"(?<kind>loadbalancer/(net|app|gwy)/)(?<name>[^/\s]+)/(?<id>[0-9a-f]+)")]
    private static partial Regex Balancer();

    [GeneratedRegex(@"(?<![\w-])\d{12}(?![\w-])")]
    private static partial Regex Account();

    [GeneratedRegex(@"(?<![\w.:])(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:]*:[0-9a-fA-F:]*)(/\d{1,3})?(?![\w.:])")]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?<before>kubernetes\.io/cluster/)(?<name>.+)$")]
    private static partial Regex ClusterKey();
}

/// <summary>Pseudonyms for addresses and ranges that keep common prefixes: each bit is turned or not by what stands before it.</summary>
internal static class Addresses
{
    private static readonly IPNetwork[] Kept = [IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("fd00:ec2::/32")];

    public static string Replace(string text, byte[] key)
    {
        var (host, length) = text.Split('/') is [var before, var bits] ? (before, int.Parse(bits, CultureInfo.InvariantCulture))
            : (text, -1);
        if (!IPAddress.TryParse(host, out var address) || Array.Exists(Kept, range => range.Contains(address)))
            return text;
        var bytes = address.GetAddressBytes();
        var turned = new byte[bytes.Length];
        var last = length < 0 ? bytes.Length * 8 : Math.Min(length, bytes.Length * 8);
        for (var bit = 0; bit < last; bit++)
        {
            var prefix = new byte[bytes.Length + 2];
            for (var before2 = 0; before2 < bit; before2++)
                prefix[before2 / 8] |= (byte)(bytes[before2 / 8] & (0x80 >> (before2 % 8)));
            (prefix[^2], prefix[^1]) = ((byte)bytes.Length, (byte)bit);
            var flip = (HMACSHA256.HashData(key, prefix)[0] & 1) != 0;
            var isSet = (bytes[bit / 8] & (0x80 >> (bit % 8))) != 0;
            if (isSet != flip)
                turned[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return length < 0 ? $"{new IPAddress(turned)}" : $"{new IPAddress(turned)}/{length}";
    }
}
