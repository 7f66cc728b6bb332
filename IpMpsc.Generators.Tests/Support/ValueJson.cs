using System.Text;
using System.Text.Json;
using IpMpsc.Schemas;

namespace IpMpsc.Generators.Tests;

/// <summary>The JSON of message values.</summary>
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
