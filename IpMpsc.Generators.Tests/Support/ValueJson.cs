using System.Text;
using System.Text.Json;
using IpMpsc.Schemas;

namespace IpMpsc.Generators.Tests;

/// <summary>Values of messages as the JSON that they are written as.</summary>
internal static class ValueJson
{
    public static string Of(MessageValue value)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
