namespace AutoMirror.Emulator.Ec2;

/// <summary>What a parameter may be, by the API reference; a parameter that is not given is always right.</summary>
internal static class Ranges
{
    public static void Check(string name, int? value, int least, int most)
    {
        if (value < least || value > most)
            throw Ec2Errors.OutOfRange(name, value.Value, least, most);
    }

    public static void CheckOneOf(string name, string value, params string[] values)
    {
        if (!values.Contains(value))
            throw Ec2Errors.NotOneOf(name, value, values);
    }
}
