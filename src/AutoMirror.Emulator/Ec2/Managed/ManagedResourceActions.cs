namespace AutoMirror.Emulator.Ec2.Managed;

/// <summary>The visibility of managed resources over the wire, and the operator that answers name.</summary>
internal static class ManagedResourceActions
{
    private const string Hidden = "hidden";
    private const string Visible = "visible";

    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("GetManagedResourceVisibility", call => Write(call, call.Do(() => call.Ec2.Managed)));
        actions.Add("ModifyManagedResourceVisibility", Modify);
    }

    /// <summary>Who manages an instance or an interface. EC2 writes both flags also where nobody does (seen).</summary>
    public static void WriteOperator(Ec2Call call, Operator? manager) => call.Body.Structure("operator", () => call.Body
        .Flag("managed", manager is not null)
        .Text("principal", manager?.Principal)
        .Flag("hiddenByDefault", call.Ec2.Managed.Hides(manager)));

    private static void Modify(Ec2Call call)
    {
        var wanted = call.Input.Required("DefaultVisibility");
        Ranges.CheckOneOf("DefaultVisibility", wanted, Hidden, Visible);
        Write(call, call.Do(() =>
        {
            call.Ec2.Managed.SetVisibility(wanted == Hidden ? ManagedVisibility.Hidden : ManagedVisibility.Visible);
            return call.Ec2.Managed;
        }));
    }

    private static void Write(Ec2Call call, ManagedResources managed) => call.Body.Structure("visibility", () => call.Body
        .Text("defaultVisibility", managed.Visibility == ManagedVisibility.Hidden ? Hidden : Visible));
}
