namespace AutoMirror.Core.Events;

/// <summary>What came of reading one event.</summary>
internal abstract record EventReading
{
    private EventReading() { }

    public sealed record Understood(MirrorEvent Event) : EventReading;

    /// <summary>It has a known shape and cannot be understood. It is an error, and nothing is done for it.</summary>
    /// <param name="Field">The field that is wrong, such as <c>detail.instance-id</c>.</param>
    public sealed record Malformed(string Field, string Found, string Expected) : EventReading
    {
        public override string ToString() => $"the event's field {Field} {Found}; expected: {Expected}";
    }

    /// <summary>The same, with something added to the event that was understood.</summary>
    public EventReading With(Func<MirrorEvent, MirrorEvent> change) =>
        this is Understood { Event: var understood } ? change(understood) : this;

    /// <summary>An event that was understood.</summary>
    public static implicit operator EventReading(MirrorEvent mirrorEvent) => new Understood(mirrorEvent);
}
