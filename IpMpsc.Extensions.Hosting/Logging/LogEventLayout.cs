namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// Where the fields of <see cref="LogEvent"/> and <see cref="LogField"/> lie in their payloads. The loggers write them
/// there by hand, from values that never were a <see cref="LogEvent"/>; a test compares this with the schema.
/// </summary>
internal static class LogEventLayout
{
    public const int TimeUnixNano = 0;
    public const int Dropped = TimeUnixNano + sizeof(long);
    public const int Level = Dropped + sizeof(long);
    public const int EventId = Level + sizeof(int);
    public const int ProcessId = EventId + sizeof(int);
    public const int ThreadId = ProcessId + sizeof(int);
    public const int Application = ThreadId + sizeof(int);
    public const int Category = Application + Range;
    public const int EventName = Category + Range;
    public const int Message = EventName + Range;
    public const int Template = Message + Range;
    public const int TraceId = Template + Range;
    public const int SpanId = TraceId + Range;
    public const int Exception = SpanId + Range;
    public const int Fields = Exception + Range;
    public const int Scopes = Fields + Range;
    public const int IsTruncated = Scopes + Range;

    /// <summary>The fixed block, whose size is a multiple of its largest alignment.</summary>
    public const int Size = IsTruncated + sizeof(long);

    /// <summary>A range: the offset and the length of something behind the fixed block.</summary>
    public const int Range = 2 * sizeof(uint);

    public const int FieldName = 0;
    public const int FieldValue = FieldName + Range;
    public const int FieldKind = FieldValue + Range;

    /// <summary>The fixed block of a <see cref="LogField"/>.</summary>
    public const int FieldSize = FieldKind + sizeof(uint);

    /// <summary>The version of <see cref="LogField"/>, which stands behind each nested payload.</summary>
    public static ReadOnlySpan<byte> FieldVersion => [1, 0];
}
