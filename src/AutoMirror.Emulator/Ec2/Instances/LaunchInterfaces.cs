namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>
/// The interfaces that a launch asks for, by the rules of the API reference (RunInstances, InstanceNetworkInterfaceSpecification).
/// </summary>
internal static class LaunchInterfaces
{
    public static IReadOnlyList<LaunchInterface> Of(LaunchRequest request)
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

        if (interfaces.Select(each => each.DeviceIndex).Distinct().Count() < interfaces.Count)
            throw Ec2Errors.InvalidParameterValue("Each network interface requires a device index of its own.");
        if (!interfaces.Any(each => each.DeviceIndex == 0))
            throw Ec2Errors.InvalidParameterValue("A primary network interface (device index 0) is required.");
        // "You can specify an existing interface only when launching a single instance."
        if (request.Count > 1 && interfaces.Any(each => each.NetworkInterfaceId is not null))
            throw Ec2Errors.InvalidParameterCombination("Network interface IDs can't be specified when launching more than one instance.");
        if (interfaces.Any(each => each.AssociatePublicIpAddress == true && (each.NetworkInterfaceId is not null || each.DeviceIndex != 0)))
        {
            throw Ec2Errors.InvalidParameterCombination( // (seen)
                "The associatePublicIPAddress parameter can only be specified for the network interface with DeviceIndex 0.");
        }

        return interfaces;
    }
}
