using System.Collections.Frozen;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2;

/// <summary>EC2's Query API, version 2016-11-15: form or query parameters in, XML out.</summary>
internal sealed class Ec2Api
{
    private const string Version = "2016-11-15";

    /// <summary>The actions that the service model gives a client token.</summary>
    private static readonly FrozenSet<string> WithClientToken = FrozenSet.Create(
        "CreateTrafficMirrorFilter", "CreateTrafficMirrorFilterRule", "CreateTrafficMirrorSession", "CreateTrafficMirrorTarget",
        "RunInstances", "CreateNetworkInterface", "CreateRouteTable", "CreateNetworkAcl", "CreateVpcEndpoint",
        "CreateVpcEndpointServiceConfiguration");

    private readonly Cloud _cloud;
    private readonly Dictionary<string, Action<Ec2Call>> _actions = new(StringComparer.Ordinal);

    public Ec2Api(Cloud cloud)
    {
        _cloud = cloud;
        SessionActions.AddTo(_actions);
        MirrorTargetActions.AddTo(_actions);
        MirrorFilterActions.AddTo(_actions);
        FilterRuleActions.AddTo(_actions);
        TagActions.AddTo(_actions);
        InstanceActions.AddTo(_actions);
        ManagedResourceActions.AddTo(_actions);
        NetworkInterfaceActions.AddTo(_actions);
        NetworkActions.AddTo(_actions);
        NetworkAclActions.AddTo(_actions);
        RouteActions.AddTo(_actions);
        VpcEndpointActions.AddTo(_actions);
        PeeringActions.AddTo(_actions);
        SecurityGroupActions.AddTo(_actions);
    }

    public static bool TakesClientToken(string action) => WithClientToken.Contains(action);

    public WireReply Answer(string action, Parameters parameters, string requestId)
    {
        if (action.Length == 0)
            throw Ec2Errors.MissingAction();
        if (!_actions.TryGetValue(action, out var handler))
            throw Ec2Errors.InvalidAction(action, parameters.Text("Version") ?? Version);
        var call = new Ec2Call(_cloud, action, parameters);
        handler(call);
        return Xml(
            200,
            $"<{action}Response xmlns=\"http://ec2.amazonaws.com/doc/{Version}/\"><requestId>{requestId}</requestId>{call.Body}"
                + $"</{action}Response>",
            requestId);
    }

    public static WireReply Fail(AwsException error, string requestId) => Xml(
        error.Status,
        $"<Response><Errors><Error><Code>{error.Code}</Code>{new XmlBody().Text("Message", error.Message)}</Error></Errors>"
            + $"<RequestID>{requestId}</RequestID></Response>",
        requestId);

    private static WireReply Xml(int status, string body, string requestId) =>
        WireReply.Text(status, "text/xml;charset=UTF-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body)
            .With("x-amzn-requestid", requestId);
}
