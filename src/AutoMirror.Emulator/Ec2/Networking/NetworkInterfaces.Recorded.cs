namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Interfaces of a recorded account.</summary>
public sealed partial class NetworkInterfaces
{
    /// <summary>Puts an interface of a recorded account, with its addresses; what was on its way goes on.</summary>
    internal void Restore(NetworkInterface networkInterface)
    {
        _addresses.Restore(networkInterface);
        Table.Put(networkInterface);
        if (networkInterface.Attachment is { Status: "attaching" } attaching)
            Cloud.In(Cloud.Options.AttachingFor, () => SetStatus(networkInterface.Id, attaching.Id, "attached"));
        else if (networkInterface.Attachment is { Status: "detaching" } detaching)
            DetachLater(networkInterface.Id, detaching.Id);
    }

    private void DetachLater(string id, string attachmentId) => Cloud.In(Cloud.Options.AttachingFor, () =>
    {
        if (Table.Find(id) is { } still && still.Attachment?.Id == attachmentId)
            Table.Put(still with { Attachment = null });
    });
}
