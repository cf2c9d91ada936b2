using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Ec2.Sharing;

/// <summary>
/// What other accounts do in this account's subnets, and what they share with it ("Share your VPC subnets with other accounts" in the VPC
/// User Guide). "VPC owners can describe network interfaces owned by participants in a shared VPC subnet" and "cannot work with" them "in
/// any other way", except that either may mirror: "You can create a traffic mirror session only if you are the owner of the network
/// interface or the subnet" (Traffic Mirroring guide, "Create, modify, or delete a traffic mirror session").
/// </summary>
public sealed class SharedVpcs
{
    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;

    /// <summary>The types of participants' instances, by which EC2 decides whether their interfaces can be mirrored.</summary>
    private readonly Dictionary<string, InstanceType> _types = new(StringComparer.Ordinal);

    internal SharedVpcs(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
    }

    /// <summary>Puts a participant's interface into one of this account's subnets. Its tags are the participant's own to see.</summary>
    public NetworkInterface Place(ParticipantInterface wanted)
    {
        using (_cloud.Enter())
        {
            CheckAccount(wanted.OwnerId);
            var subnet = _ec2.Networks.GetSubnet(wanted.SubnetId);
            if (subnet.OwnerId != _cloud.Options.AccountId || _ec2.Networks.GetVpc(subnet.VpcId).IsDefault)
                // "VPC owners can't share subnets that are in a default VPC."
                throw new ArgumentException($"{subnet.Id} can't be shared: it lies in another account's VPC or in the default VPC.");
            var instanceId = wanted.InstanceId ?? _cloud.Seeded.Id("i");
            if (!_types.ContainsKey(instanceId))
                _types[instanceId] = InstanceTypes.Find(wanted.InstanceType) ?? throw Ec2Errors.InvalidInstanceType(wanted.InstanceType);
            var made = _ec2.NetworkInterfaces.Make(
                new NetworkInterfaceRequest
                {
                    SubnetId = subnet.Id, Description = wanted.Description, InterfaceType = wanted.InterfaceType,
                    GroupIds = [_ec2.SecurityGroups.OfParticipant(wanted.OwnerId, subnet.VpcId).Id],
                }, wanted.OwnerId);
            return _ec2.NetworkInterfaces.Table.Put(made with
            {
                Attachment = new Attachment
                {
                    Id = _cloud.Seeded.Id("eni-attach"), InstanceId = instanceId, InstanceOwnerId = wanted.OwnerId,
                    DeviceIndex = wanted.DeviceIndex, NetworkCardIndex = wanted.NetworkCardIndex, AttachTime = _cloud.Now,
                    DeleteOnTermination = true,
                },
            });
        }
    }

    /// <summary>Deletes a participant's interface, and with it the sessions of both accounts, as when its instance is terminated.</summary>
    public void Remove(string networkInterfaceId)
    {
        using (_cloud.Enter())
            _ec2.NetworkInterfaces.Drop(OfParticipant(networkInterfaceId).Id);
    }

    /// <summary>
    /// Has a participant mirror an interface of its own. "VPC owners cannot describe, create, modify, or delete a traffic mirror session
    /// or target that belongs to the participant" (guide, "Traffic Mirroring limitations"); its number is taken all the same.
    /// </summary>
    public void Mirror(string networkInterfaceId, int sessionNumber)
    {
        using (_cloud.Enter())
            _ec2.Sessions.AddForeign(OfParticipant(networkInterfaceId).Id, sessionNumber);
    }

    /// <summary>Shares a subnet of another account with this one, which then can launch into it with security groups of its own.</summary>
    public Subnet Receive(SharedSubnet shared)
    {
        using (_cloud.Enter())
        {
            CheckAccount(shared.OwnerId);
            return _ec2.Networks.AddShared(shared);
        }
    }

    /// <summary>The type of a participant's instance; null for an id that is none's.</summary>
    internal InstanceType? TypeOf(string instanceId) => _types.GetValueOrDefault(instanceId);

    private NetworkInterface OfParticipant(string id)
    {
        var found = _ec2.NetworkInterfaces.Get(id);
        return found.OwnerId == _cloud.Options.AccountId
            ? throw new ArgumentException($"{id} belongs to no participant: it is this account's own.")
            : found;
    }

    private void CheckAccount(string ownerId)
    {
        if (ownerId.Length != 12 || !ownerId.All(char.IsAsciiDigit) || ownerId == _cloud.Options.AccountId)
            throw new ArgumentException($"'{ownerId}' is not another account: 12 digits that are not {_cloud.Options.AccountId}.");
    }
}
