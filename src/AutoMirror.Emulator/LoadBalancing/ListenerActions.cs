namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>Listeners over the wire. Those of Network and Gateway Load Balancers forward to one target group.</summary>
internal static class ListenerActions
{
    private static readonly string[] Protocols = ["UDP", "TCP_UDP", "TCP", "TLS"];

    public static void AddTo(Dictionary<string, Action<ElbCall>> actions)
    {
        actions.Add("CreateListener", Create);
        actions.Add("DescribeListeners", Describe);
        actions.Add("DeleteListener", call =>
        {
            var arn = call.Required("ListenerArn");
            call.Do(() => call.Balancing.DeleteListener(arn));
        });
    }

    private static void Create(ElbCall call)
    {
        var (balancer, protocol, port) = (call.Required("LoadBalancerArn"), call.Input.Text("Protocol"), call.Integer("Port", 1, 65535));
        if (protocol is not null && !Protocols.Contains(protocol))
            throw ElbErrors.NotEmulated($"A listener for {protocol}");
        var group = TargetGroupOf(call);
        var listener = call.Do(() => call.Balancing.CreateListener(balancer, group, protocol, port));
        call.Body.Members("Listeners", [listener], each => Write(call, each));
    }

    /// <summary>One action that forwards to one group, named in either of the two ways that the API has.</summary>
    private static string TargetGroupOf(ElbCall call)
    {
        if (call.Structures("DefaultActions") is not [var action])
            throw ElbErrors.Validation("Exactly one default action must be specified");
        if (ElbCall.Needed(action, "Type") is not "forward" and var type)
            throw ElbErrors.NotEmulated($"An action of type {type}");
        var groups = action.Structure("ForwardConfig")?.Structure("TargetGroups")?.Structures("member") ?? [];
        var named = groups.Select(each => ElbCall.Needed(each, "TargetGroupArn")).ToList();
        return (action.Text("TargetGroupArn"), named) switch
        {
            ({ } arn, _) => arn,
            (null, [var only]) => only,
            _ => throw ElbErrors.NotEmulated("Forwarding to several target groups"),
        };
    }

    private static void Describe(ElbCall call)
    {
        var (balancer, arns) = (call.Input.Text("LoadBalancerArn"), call.Texts("ListenerArns"));
        if (balancer is null && arns.Count == 0)
            throw ElbErrors.Validation("You must specify either listener ARNs or a load balancer ARN");
        if (balancer is not null)
            _ = call.Balancing.Get(balancer);
        var all = call.Balancing.Listeners.Shown.Values.ToList();
        if (arns.Any(arn => !all.Exists(each => each.Id == arn)))
            throw ElbErrors.ListenerNotFound();
        var found = all.Where(each =>
            (balancer is null || each.LoadBalancerArn == balancer) && (arns.Count == 0 || arns.Contains(each.Id)));
        call.WritePage("Listeners", found, each => each.Id, each => Write(call, each));
    }

    private static void Write(ElbCall call, Listener listener)
    {
        var body = call.Body;
        body.Text("ListenerArn", listener.Id).Text("LoadBalancerArn", listener.LoadBalancerArn)
            .Integer("Port", listener.Port).Text("Protocol", listener.Protocol)
            .Members("DefaultActions", [listener.TargetGroupArn], group => body
                .Text("Type", "forward").Text("TargetGroupArn", group).Integer("Order", 1)
                .Structure("ForwardConfig", () => body.Members("TargetGroups", [group], each => body.Text("TargetGroupArn", each))));
    }
}
