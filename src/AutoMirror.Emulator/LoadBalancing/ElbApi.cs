using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>Elastic Load Balancing's Query API, version 2015-12-01.</summary>
internal sealed class ElbApi
{
    public const string Service = "elasticloadbalancing";
    public const string Version = "2015-12-01";

    private const string Namespace = $"http://elasticloadbalancing.amazonaws.com/doc/{Version}/";

    private readonly Cloud _cloud;
    private readonly Dictionary<string, Action<ElbCall>> _actions = new(StringComparer.Ordinal);

    public ElbApi(Cloud cloud)
    {
        _cloud = cloud;
        LoadBalancerActions.AddTo(_actions);
        TargetGroupActions.AddTo(_actions);
        ListenerActions.AddTo(_actions);
        ElbTagActions.AddTo(_actions);
    }

    public WireReply Answer(string action, Parameters parameters, string requestId)
    {
        if (!_actions.TryGetValue(action, out var handler))
            throw new AwsException("InvalidAction", $"Could not find operation {action} for version {Version}");
        var call = new ElbCall(_cloud, parameters);
        handler(call);
        return Xml(
            200,
            $"<{action}Response xmlns=\"{Namespace}\"><{action}Result>{call.Body}</{action}Result>"
                + $"<ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></{action}Response>");
    }

    public static WireReply Fail(AwsException error, string requestId) => Xml(
        error.Status,
        $"<ErrorResponse xmlns=\"{Namespace}\"><Error><Type>Sender</Type><Code>{error.Code}</Code>"
            + $"{new XmlBody().Text("Message", error.Message)}</Error><RequestId>{requestId}</RequestId></ErrorResponse>");

    private static WireReply Xml(int status, string body) => WireReply.Text(status, "text/xml", body);
}
