using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Sharing;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Admin;

/// <summary>
/// What AWS services and other accounts do to this account, which no API of the account can ask for, and what a person does on the
/// emulator's page, as in AWS's console: POST requests with JSON, whose members are those of the records that the engine takes, in camel
/// case.
/// </summary>
internal sealed class AdminActions
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Cloud _cloud;
    private readonly Dictionary<string, Func<byte[], JsonObject>> _actions = new(StringComparer.Ordinal);

    public AdminActions(Cloud cloud)
    {
        _cloud = cloud;
        var ec2 = cloud.Ec2;
        Add<LaunchRequest>("managed-instances", Launch);
        Add<Instances>("managed-instances/start", wanted => Changed(ec2.Managed.Start(wanted.InstanceIds)));
        Add<Instances>("managed-instances/stop", wanted => Changed(ec2.Managed.Stop(wanted.InstanceIds)));
        Add<Instances>("managed-instances/terminate", wanted => Changed(ec2.Managed.Terminate(wanted.InstanceIds)));
        Add<RequesterManagedInterface>("requester-managed-interfaces", Make);
        Add<Resource>("requester-managed-interfaces/database", of => Make(RequesterManagedInterface.OfDatabase(of.SubnetId)));
        Add<Named>("requester-managed-interfaces/cache-node", of => Make(RequesterManagedInterface.OfCacheNode(of.SubnetId, of.Name)));
        Add<Named>(
            "requester-managed-interfaces/application-load-balancer",
            of => Make(RequesterManagedInterface.OfApplicationLoadBalancer(of.SubnetId, of.Name)));
        Add<Named>(
            "requester-managed-interfaces/network-load-balancer",
            of => Make(RequesterManagedInterface.OfNetworkLoadBalancer(of.SubnetId, of.Name)));
        Add<Interface>("requester-managed-interfaces/delete", of => Done(() => ec2.RequesterManaged.Delete(of.NetworkInterfaceId)));
        Add<ParticipantInterface>("participant-interfaces", wanted => Written(ec2.SharedVpcs.Place(wanted)));
        Add<Interface>("participant-interfaces/delete", of => Done(() => ec2.SharedVpcs.Remove(of.NetworkInterfaceId)));
        Add<Mirroring>("participant-interfaces/mirror", of => Done(() => ec2.SharedVpcs.Mirror(of.NetworkInterfaceId, of.SessionNumber)));
        Add<SharedSubnet>("shared-subnets", Receive);
        Add<LaunchRequest>("instances", wanted => Launched(ec2.Instances.Run(wanted with { Operator = null })));
        Add<Instances>("instances/start", wanted => Changed(ec2.Instances.Start(wanted.InstanceIds)));
        Add<Instances>("instances/stop", wanted => Changed(ec2.Instances.Stop(wanted.InstanceIds)));
        Add<Instances>("instances/terminate", wanted => Changed(ec2.Instances.Terminate(wanted.InstanceIds)));
        Add<Tag>("tags", tag => Done(() => ec2.Tags.Create([tag.ResourceId], new Dictionary<string, string> { [tag.Key] = tag.Value })));
        Add<TagKey>("tags/delete", tag => Done(() => ec2.Tags.Delete([tag.ResourceId], [(tag.Key, null)])));
    }

    public IEnumerable<string> Names => _actions.Keys;

    public WireReply Answer(string path, byte[] body)
    {
        if (!_actions.TryGetValue(path.Trim('/'), out var action))
            return Refused(404, $"No such call. POST takes {string.Join(", ", Names)}.");
        try
        {
            return WireReply.Json(200, action(body));
        }
        catch (JsonException error)
        {
            return Refused(400, error.Message);
        }
        catch (ArgumentException error)
        {
            return Refused(400, error.Message);
        }
        catch (AwsException error)
        {
            return Refused(400, $"{error.Code}: {error.Message}");
        }
    }

    private void Add<T>(string name, Func<T, JsonObject> action) => _actions.Add(name, body =>
        action(JsonSerializer.Deserialize<T>(body, Form) ?? throw new JsonException("The body is null; it has to be an object.")));

    private JsonObject Launch(LaunchRequest request)
    {
        var operatedBy = request.Operator ?? throw new ArgumentException("operator.principal is missing, for example eks.amazonaws.com.");
        return Launched(_cloud.Ec2.Managed.Launch(operatedBy.Principal, request));
    }

    private static JsonObject Launched(IReadOnlyList<Instance> instances) =>
        new() { ["instanceIds"] = instances.Select(instance => instance.Id).ToJsonArray() };

    private JsonObject Make(RequesterManagedInterface wanted) => Written(_cloud.Ec2.RequesterManaged.Create(wanted));

    private JsonObject Receive(SharedSubnet shared)
    {
        var subnet = _cloud.Ec2.SharedVpcs.Receive(shared);
        return new() { ["subnetId"] = subnet.Id, ["vpcId"] = subnet.VpcId };
    }

    private static JsonObject Written(NetworkInterface made) =>
        new JsonObject { ["networkInterfaceId"] = made.Id }.WithAny("instanceId", made.Attachment?.InstanceId);

    private static JsonObject Changed(IReadOnlyList<InstanceStateChange> changes) =>
        new() { ["states"] = changes.ToDictionary(each => each.InstanceId, each => Instance.NameOf(each.Current)).ToJsonObject() };

    private static JsonObject Done(Action work)
    {
        work();
        return [];
    }

    private static WireReply Refused(int status, string why) => WireReply.Json(status, new JsonObject { ["error"] = why });

    private sealed record Instances(IReadOnlyList<string> InstanceIds);

    private sealed record Interface(string NetworkInterfaceId);

    private sealed record Resource(string SubnetId);

    private sealed record Tag(string ResourceId, string Key, string Value);

    private sealed record TagKey(string ResourceId, string Key);

    private sealed record Named(string SubnetId, string Name);

    private sealed record Mirroring(string NetworkInterfaceId, int SessionNumber);
}
