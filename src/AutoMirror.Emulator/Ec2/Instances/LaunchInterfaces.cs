namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>
/// The interfaces that a launch asks for, by the rules of the API reference (RunInstances, InstanceNetworkInterfaceSpecification).
/// </summary>
internal static class LaunchInterfaces
{
    public static IReadOnlyList<LaunchInterface> Of(LaunchRequest request, InstanceType type)
    {
        var interfaces = request.NetworkInterfaces;
        if (interfaces.Count == 0)
        {
            return
            [
                new()
                {
                    SubnetId = request.SubnetId, GroupIds = request.GroupIds, PrivateIpAddress = request.PrivateIpAddress,
                    Ipv6AddressCount = request.Ipv6AddressCount,
                },
            ];
        }

        if (request.SubnetId is not null || request.GroupIds.Count > 0)
        {
            throw Ec2Errors.InvalidParameterCombination( // (seen)
                "Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request");
        }

        // "You cannot specify this option and the network interfaces option in the same request", of each.
        if (request.PrivateIpAddress is not null || request.Ipv6AddressCount > 0)
        {
            throw Ec2Errors.InvalidParameterCombination(
                "Network interfaces and instance-level private addresses may not be specified on the same request");
        }

        CheckDevices(interfaces, type);
        // "You can specify an existing interface only when launching a single instance."
        if (request.Count > 1 && interfaces.Any(each => each.NetworkInterfaceId is not null))
            throw Ec2Errors.InvalidParameterCombination("Network interface IDs can't be specified when launching more than one instance.");
        if (interfaces.Any(each => each.AssociatePublicIpAddress == true && (each.NetworkInterfaceId is not null || !each.IsPrimary)))
        {
            throw Ec2Errors.InvalidParameterCombination( // (seen)
                "The associatePublicIPAddress parameter can only be specified for the network interface with DeviceIndex 0.");
        }

        return interfaces;
    }

    /// <summary>"The primary network interface must be assigned to network card index 0"; every card has devices of its own.</summary>
    private static void CheckDevices(IReadOnlyList<LaunchInterface> interfaces, InstanceType type)
    {
        if (interfaces.FirstOrDefault(each => each.NetworkCardIndex < 0 || each.NetworkCardIndex >= type.NetworkCards) is { } nowhere)
            throw Ec2Errors.NoSuchNetworkCard(type.Name, nowhere.NetworkCardIndex, type.NetworkCards);
        if (interfaces.Select(each => each.Index).Distinct().Count() < interfaces.Count)
            throw Ec2Errors.InvalidParameterValue("Each network interface requires a device index of its own on its network card.");
        if (!interfaces.Any(each => each.IsPrimary))
            throw Ec2Errors.InvalidParameterValue("A primary network interface (device index 0 on network card 0) is required.");
        if (interfaces.CountBy(each => each.NetworkCardIndex).Any(card => card.Value > type.MaximumInterfacesPerCard))
            throw Ec2Errors.AttachmentLimitExceeded(type);
    }
}
