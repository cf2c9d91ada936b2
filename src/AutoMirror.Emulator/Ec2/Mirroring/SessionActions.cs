using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror sessions over the wire.</summary>
internal static class SessionActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateTrafficMirrorSession", Create);
        actions.Add("ModifyTrafficMirrorSession", Modify);
        actions.Add("DeleteTrafficMirrorSession", call =>
            call.Body.Text("trafficMirrorSessionId", call.DoTo("TrafficMirrorSessionId", call.Ec2.Sessions.Delete)));
        actions.Add("DescribeTrafficMirrorSessions", call =>
            call.Describe("TrafficMirrorSessionId", "trafficMirrorSessionSet", call.Ec2.Sessions.Describe, each => Write(call, each)));
    }

    private static void Create(Ec2Call call)
    {
        var input = call.Input;
        var request = Read(input) with
        {
            NetworkInterfaceId = input.Required("NetworkInterfaceId"),
            TargetId = input.Required("TrafficMirrorTargetId"),
            FilterId = input.Required("TrafficMirrorFilterId"),
            SessionNumber = input.RequiredInteger("SessionNumber"),
            Tags = call.TagsFor("traffic-mirror-session"),
        };
        var session = call.Do(() => call.Ec2.Sessions.Create(request));
        call.Body.Structure("trafficMirrorSession", () => Write(call, session)).Text("clientToken", call.ClientToken);
    }

    private static void Modify(Ec2Call call)
    {
        var id = call.Input.Required("TrafficMirrorSessionId");
        var request = Read(call.Input);
        var remove = call.Input.Texts("RemoveField");
        var session = call.Do(() => call.Ec2.Sessions.Modify(id, request, remove));
        call.Body.Structure("trafficMirrorSession", () => Write(call, session));
    }

    private static SessionRequest Read(Parameters input) => new()
    {
        TargetId = input.Text("TrafficMirrorTargetId"),
        FilterId = input.Text("TrafficMirrorFilterId"),
        SessionNumber = input.Integer("SessionNumber"),
        PacketLength = input.Integer("PacketLength"),
        VirtualNetworkId = input.Integer("VirtualNetworkId"),
        Description = input.Text("Description"),
    };

    private static void Write(Ec2Call call, TrafficMirrorSession session) => call.Body
        .Text("trafficMirrorSessionId", session.Id)
        .Text("trafficMirrorTargetId", session.TargetId)
        .Text("trafficMirrorFilterId", session.FilterId)
        .Text("networkInterfaceId", session.NetworkInterfaceId)
        .Text("ownerId", call.Cloud.Options.AccountId)
        .Integer("packetLength", session.PacketLength)
        .Integer("sessionNumber", session.SessionNumber)
        .Integer("virtualNetworkId", session.VirtualNetworkId)
        .Text("description", session.Description)
        .Tags(session);
}
