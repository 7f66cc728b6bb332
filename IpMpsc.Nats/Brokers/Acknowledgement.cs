using System.Text.Json;

namespace IpMpsc.Nats.Brokers;

/// <summary>The broker's answer to a batch.</summary>
/// <param name="Sequence">The sequence of the batch in the stream.</param>
/// <param name="ErrorCode">0 if it is stored.</param>
/// <param name="Error">Why it is not stored.</param>
internal readonly record struct Acknowledgement(ulong Sequence, int ErrorCode, string? Error)
{
    /// <summary>Reads an answer. It is read by hand because there is one for each batch.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static Acknowledgement Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        ulong sequence = 0;
        int code = 0;
        string? error = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("seq"u8))
            {
                reader.Read();
                sequence = reader.GetUInt64();
            }
            else if (reader.ValueTextEquals("err_code"u8))
            {
                reader.Read();
                code = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("description"u8))
            {
                reader.Read();
                error = reader.GetString();
            }
        }

        return new Acknowledgement(sequence, code, code == 0 && error is null ? null : error ?? $"error {code}");
    }
}
