namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>
/// What AWS services do with the interfaces that they make in this account's subnets. The account sees such an interface and can tag it;
/// it can't detach it or "change other properties" ("Requester-managed network interfaces" in the EC2 User Guide).
/// </summary>
public sealed class RequesterManagedInterfaces
{
    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;

    internal RequesterManagedInterfaces(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
    }

    /// <summary>Makes an interface and attaches it to something of the service's own.</summary>
    public NetworkInterface Create(RequesterManagedInterface wanted)
    {
        using (_cloud.Enter())
        {
            var made = _ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest
            {
                SubnetId = wanted.SubnetId, Description = wanted.Description, InterfaceType = wanted.InterfaceType,
                GroupIds = wanted.GroupIds,
            });
            return _ec2.NetworkInterfaces.Table.Put(made with
            {
                RequesterManaged = true,
                RequesterId = wanted.RequesterId,
                Attachment = new Attachment
                {
                    Id = _cloud.Seeded.Id(wanted.IsEla ? Attachment.ElaPrefix : "eni-attach"),
                    InstanceOwnerId = wanted.InstanceOwnerId ?? wanted.RequesterId, DeviceIndex = 1, AttachTime = _cloud.Now,
                },
            });
        }
    }

    /// <summary>Detaches an interface and leaves it behind: then the account "can delete the detached network interface".</summary>
    public void Detach(string networkInterfaceId)
    {
        using (_cloud.Enter())
            _ec2.NetworkInterfaces.Table.Put(Get(networkInterfaceId) with { Attachment = null });
    }

    /// <summary>"When you delete the resource …, the AWS service detaches the network interface and deletes it."</summary>
    public void Delete(string networkInterfaceId)
    {
        using (_cloud.Enter())
            _ec2.NetworkInterfaces.Drop(Get(networkInterfaceId).Id);
    }

    private NetworkInterface Get(string id) => _ec2.NetworkInterfaces.Get(id) is { RequesterManaged: true } found
        ? found
        : throw new ArgumentException($"No AWS service made {id}: it is not requester-managed.");
}
