using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using IpMpsc.Schemas;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Captures;

namespace IpMpsc.Fuzzing;

/// <summary>The code that reads untrusted bytes. Each target throws only if the library has broken a promise.</summary>
internal static class Targets
{
    private static readonly string s_file = Path.Join(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"ipmpsc-fuzz-{Environment.ProcessId}");

    // Lazy, because instrumented code must not run before the fuzzer has begun.
    private static readonly Lazy<SchemaMessage> s_expected = new(static () =>
        SchemaDocument.Parse(MessageSchema.Of<Reading>().Text).Messages.First(static message => message.Name.EndsWith("Reading", StringComparison.Ordinal)));

    /// <summary>The schema of <see cref="Reading"/>.</summary>
    public static SchemaMessage Expected => s_expected.Value;

    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new Dictionary<string, Action<byte[]>>
    {
        ["schema"] = SchemaText,
        ["payload"] = Payload,
        ["json"] = Json,
        ["reader"] = Reader,
        ["capture"] = Capture,
        ["header"] = Header,
    };

    /// <summary>A text is parsed as a schema or causes a <see cref="SchemaFormatException"/>.</summary>
    private static void SchemaText(byte[] input)
    {
        try
        {
            SchemaDocument.Parse(input);
        }
        catch (SchemaFormatException)
        {
        }
    }

    /// <summary>What can be decoded by its schema can be encoded, and decodes to the same value again.</summary>
    private static void Payload(byte[] input)
    {
        (ushort version, byte[] payload) = Split(input);
        MessageValue value;
        try
        {
            value = Expected.Decode(payload, version);
        }
        catch (MessageFormatException)
        {
            return;
        }

        // A nested message of an older version has fewer fields; encoded, it has all of them.
        string first = ToJson(Again(value));
        string second = ToJson(Again(Again(value)));
        Require(first == second, $"After one round trip {first}, after two {second}.");
    }

    /// <summary>JSON is read as a message that can be encoded, or causes a <see cref="MessageValueException"/>.</summary>
    private static void Json(byte[] input)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(input);
            Expected.Encode(Expected.ReadJson(json.RootElement));
        }
        catch (JsonException)
        {
        }
        catch (MessageValueException)
        {
        }
    }

    /// <summary>The generated reader accepts what the reader by the schema accepts.</summary>
    private static void Reader(byte[] input)
    {
        (ushort version, byte[] payload) = Split(input);
        version = Math.Clamp(version, (ushort)1, (ushort)2);
        try
        {
            Reading reading = Wire<Reading>.Read(payload, version);
            byte[] again = new byte[Wire<Reading>.Measure(in reading)];
            Wire<Reading>.Write(in reading, again);
            Wire<Reading>.Read(again, 2);
        }
        catch (MessageFormatException)
        {
        }
    }

    /// <summary>A capture is read up to a damaged record, or to its end, even if only its checksums are right.</summary>
    private static void Capture(byte[] input)
    {
        Seal(input);
        File.WriteAllBytes(s_file, input);
        try
        {
            using CaptureReader reader = CaptureReader.Open(s_file);
            while (reader.TryRead(out _))
            {
            }
        }
        catch (ToolException)
        {
        }
    }

    private static void Seal(byte[] input)
    {
        const int Checksum = CaptureFormat.ChecksumSize;
        if (input.Length < CaptureFormat.HeaderSize + Checksum)
        {
            return;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(input.AsSpan(CaptureFormat.HeaderLengthOffset));
        int header = Math.Clamp(length, 0, input.Length - Checksum) + Checksum;
        CaptureFormat.Seal(input.AsSpan(0, header));
        for (int at = header; at + CaptureFormat.RecordHeaderSize + Checksum <= input.Length;)
        {
            long size = CaptureFormat.SizeOf(input.AsSpan(at));
            if (size > input.Length - at)
            {
                break;
            }

            CaptureFormat.Seal(input.AsSpan(at, (int)size));
            at += (int)size;
        }
    }

    /// <summary>A file is a channel that can be observed, or causes a <see cref="ChannelException"/>.</summary>
    private static void Header(byte[] input)
    {
        File.WriteAllBytes(s_file, input);
        try
        {
            using ChannelObserver observer = ChannelObserver.Open(s_file);
            observer.Inspect();
            observer.Peek(100);
            observer.ReadHistory(maxMessages: 100);
            observer.OpenTap().TryRead(out _);
        }
        catch (ChannelException)
        {
        }
    }

    private static MessageValue Again(MessageValue value) => Expected.Decode(Expected.Encode(value), Expected.Version);

    private static (ushort Version, byte[] Payload) Split(byte[] input) =>
        input.Length < 2 ? ((ushort)0, input) : (BinaryPrimitives.ReadUInt16LittleEndian(input), input[2..]);

    /// <summary>A message as JSON.</summary>
    public static string ToJson(MessageValue value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
