namespace AutoMirror.Emulator.Recordings;

/// <summary>A recording cannot be used; the message names the file, and says what to do.</summary>
public sealed class RecordingException(string message) : Exception(message);
