using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Network interfaces over the wire.</summary>
internal static class NetworkInterfaceActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateNetworkInterface", Create);
        actions.Add("AttachNetworkInterface", Attach);
        actions.Add("DetachNetworkInterface", Detach);
        actions.Add("DeleteNetworkInterface", Delete);
        actions.Add("ModifyNetworkInterfaceAttribute", Modify);
        actions.Add("DescribeNetworkInterfaces", Describe);
    }

    /// <summary>The private addresses that a request chooses, in either of its two ways, the primary one first.</summary>
    public static IReadOnlyList<string> Addresses(Parameters input)
    {
        var single = input.Text("PrivateIpAddress");
        var several = input.Structures("PrivateIpAddresses")
            .Select(address => (Address: address.Required("PrivateIpAddress"), IsPrimary: address.Flag("Primary") ?? false)).ToList();
        if (several.Count(address => address.IsPrimary) + (single is null ? 0 : 1) > 1)
            throw Ec2Errors.InvalidParameterCombination("Only one primary private IP address can be specified.");
        var ordered = several.OrderByDescending(address => address.IsPrimary).Select(address => address.Address);
        return single is null ? [.. ordered] : [single, .. ordered];
    }

    /// <summary>The type that a caller asks for; the other types are those of AWS services.</summary>
    public static string InterfaceType(Parameters input)
    {
        var type = input.Text("InterfaceType") ?? "interface";
        Ranges.CheckOneOf("InterfaceType", type, "interface", "efa", "efa-only", "trunk", "branch");
        return type;
    }

    private static void Create(Ec2Call call)
    {
        var input = call.Input;
        var request = new NetworkInterfaceRequest
        {
            SubnetId = input.Required("SubnetId"), Description = input.Text("Description") ?? "", InterfaceType = InterfaceType(input),
            GroupIds = input.Texts("SecurityGroupId"), PrivateIpAddresses = Addresses(input),
            SecondaryPrivateIpAddressCount = input.Integer("SecondaryPrivateIpAddressCount") ?? 0,
            Ipv6AddressCount = input.Integer("Ipv6AddressCount") ?? 0, Tags = call.TagsFor("network-interface"),
        };
        var made = call.Do(() => call.Ec2.NetworkInterfaces.Create(request));
        call.Body.Structure("networkInterface", () => NetworkInterfaceXml.Write(call, made)).Text("clientToken", call.ClientToken);
    }

    private static void Attach(Ec2Call call)
    {
        var (id, instance, index) = (
            call.Input.Required("NetworkInterfaceId"), call.Input.Required("InstanceId"), call.Input.RequiredInteger("DeviceIndex"));
        var card = call.Input.Integer("NetworkCardIndex") ?? 0;
        var attachment = call.Do(() => call.Ec2.NetworkInterfaces.Attach(id, instance, index, card));
        call.Body.Text("attachmentId", attachment.Id).Integer("networkCardIndex", attachment.NetworkCardIndex);
    }

    private static void Detach(Ec2Call call)
    {
        call.Input.Flag("Force");
        call.DoTo("AttachmentId", id => call.Ec2.NetworkInterfaces.Detach(id));
        call.Return();
    }

    private static void Delete(Ec2Call call)
    {
        call.DoTo("NetworkInterfaceId", call.Ec2.NetworkInterfaces.Delete);
        call.Return();
    }

    private static void Modify(Ec2Call call)
    {
        var input = call.Input;
        var id = input.Required("NetworkInterfaceId");
        // "You can specify only one attribute at a time."
        string[] attributes = ["Attachment", "Description", "SecurityGroupId", "SourceDestCheck"];
        if (attributes.Count(input.Has) > 1)
            throw Ec2Errors.InvalidParameterCombination("Fields for multiple attribute types specified"); // (seen, likewise)
        var description = input.Structure("Description")?.Text("Value");
        var check = input.Structure("SourceDestCheck")?.Flag("Value");
        var groups = input.Texts("SecurityGroupId") is { Count: > 0 } ids ? ids : null;
        (string, bool)? attachment = input.Structure("Attachment") is { } change
            ? (change.Required("AttachmentId"), change.Flag("DeleteOnTermination") ?? false)
            : null;
        call.Do(() =>
        {
            if (!attributes.Any(input.Has))
                throw Ec2Errors.InvalidParameterCombination("No attributes specified."); // (seen, of other attributes)
            call.Ec2.NetworkInterfaces.Modify(id, description, groups, check, attachment);
        });
        call.Return();
    }

    private static void Describe(Ec2Call call) => call.Describe(
        call.QueryWithManaged("NetworkInterfaceId"), "networkInterfaceSet", call.Ec2.NetworkInterfaces.Describe,
        each => NetworkInterfaceXml.Write(call, each));
}
