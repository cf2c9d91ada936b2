using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>Instances and instance types as EC2 writes them. The names of elements are those of the service model.</summary>
internal static class InstanceXml
{
    public static void WriteReservation(Ec2Call call, string id, IEnumerable<Instance> instances) => call.Body
        .Text("reservationId", id)
        .Text("ownerId", call.Cloud.Options.AccountId)
        .Empty("groupSet")
        .Set("instancesSet", instances, instance => Write(call, instance));

    public static void WriteState(Ec2Call call, string name, InstanceState state) =>
        call.Body.Structure(name, () => call.Body.Integer("code", (int)state).Text("name", Instance.NameOf(state)));

    public static void WriteGroups(Ec2Call call, IReadOnlyList<string> ids) =>
        call.Body.Set("groupSet", ids, id => call.Body.Text("groupId", id).Text("groupName", call.Ec2.SecurityGroups.NameOf(id)));

    public static void Write(Ec2Call call, InstanceType type)
    {
        var body = call.Body;
        body.Text("instanceType", type.Name)
            .Flag("currentGeneration", type.CurrentGeneration)
            .Flag("bareMetal", type.BareMetal)
            .Text("hypervisor", type.Hypervisor)
            .Structure("processorInfo", () => body.Set("supportedArchitectures", type.Architectures))
            .Structure("vCpuInfo", () => body.Integer("defaultVCpus", type.VCpus))
            .Structure("memoryInfo", () => body.Integer("sizeInMiB", type.MemoryMiB))
            .Structure("networkInfo", () => body
                .Integer("maximumNetworkInterfaces", type.MaximumNetworkInterfaces)
                .Integer("maximumNetworkCards", type.NetworkCards)
                // The primary interface has to be on card 0 ("Network cards" in the EC2 User Guide).
                .Integer("defaultNetworkCardIndex", 0)
                .Set("networkCards", Enumerable.Range(0, type.NetworkCards), card => body
                    .Integer("networkCardIndex", card).Integer("maximumNetworkInterfaces", type.MaximumInterfacesPerCard))
                .Integer("ipv4AddressesPerInterface", type.Ipv4AddressesPerInterface));
    }

    private static void Write(Ec2Call call, Instance instance)
    {
        var body = call.Body;
        // EC2 promises no order of an instance's interfaces; here it is that of their ids, which are random.
        var interfaces = call.Ec2.NetworkInterfaces.Of(instance.Id);
        var primary = call.Ec2.NetworkInterfaces.PrimaryOf(instance.Id);
        body.Text("instanceId", instance.Id).Text("imageId", instance.ImageId);
        WriteState(call, "instanceState", instance.State);
        body.Text("privateDnsName", DnsNames.Private(call.Cloud, primary?.PrivateIpAddress) ?? "")
            .Text("dnsName", DnsNames.Public(call.Cloud, primary?.PublicIp) ?? "")
            .Text("reason", instance.StateTransitionReason)
            .Text("keyName", instance.KeyName)
            .Integer("amiLaunchIndex", instance.LaunchIndex)
            .Empty("productCodes")
            .Text("instanceType", instance.Type.Name)
            .Time("launchTime", instance.LaunchTime)
            .Structure("placement", () => body
                .Text("availabilityZoneId", instance.Zone.Id).Text("availabilityZone", instance.Zone.Name).Text("groupName", "")
                .Text("tenancy", "default"))
            .Structure("monitoring", () => body.Text("state", instance.Monitoring ? "enabled" : "disabled"));
        if (instance.State != InstanceState.Terminated)
        {
            body.Text("subnetId", instance.SubnetId).Text("vpcId", instance.VpcId)
                .Text("privateIpAddress", primary?.PrivateIpAddress).Text("ipAddress", primary?.PublicIp)
                .Text("ipv6Address", primary?.Ipv6Address).Flag("sourceDestCheck", primary?.SourceDestCheck);
        }

        WriteGroups(call, primary?.GroupIds ?? []);
        if (instance.StateReason is { } reason)
            body.Structure("stateReason", () => body.Text("code", reason.Code).Text("message", reason.Message));
        body.Text("architecture", instance.Type.Architectures[^1])
            .Text("rootDeviceType", "ebs")
            .Text("rootDeviceName", "/dev/xvda")
            .Empty("blockDeviceMapping")
            .Text("virtualizationType", "hvm")
            .Text("clientToken", instance.ClientToken ?? "")
            .TagsIfAny(instance)
            // "The value xen is used for both Xen and Nitro hypervisors."
            .Text("hypervisor", "xen")
            .Set("networkInterfaceSet", interfaces, each => NetworkInterfaceXml.WriteOfInstance(call, each))
            .Flag("ebsOptimized", false)
            .Flag("enaSupport", instance.HasEna);
        ManagedResourceActions.WriteOperator(call, instance.Operator);
    }
}
