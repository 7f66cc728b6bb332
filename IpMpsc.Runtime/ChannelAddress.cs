namespace IpMpsc;

/// <summary>
/// The address of another channel. As a field of a message it tells another process where the channel is: a
/// request, for example, says where to reply.
/// </summary>
/// <remarks>
/// A process that opens a channel at an address trusts the sender of the address as far as the file system allows;
/// only files that are channels, and that the user may open, are ever opened.
/// </remarks>
public readonly record struct ChannelAddress
{
    private readonly string? _path;

    /// <summary>Makes an address.</summary>
    /// <param name="path">
    /// The full path of a channel, such as <see cref="Receiver{T}.Path"/>; or a name, which is looked
    /// up in the runtime directory of the user who opens it.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public ChannelAddress(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    /// <summary>What to open; empty if this is no address.</summary>
    public string Path => _path ?? "";

    /// <summary>Whether this is not an address: the default value, which a field has if it was not set.</summary>
    public bool IsEmpty => _path is null;

    /// <inheritdoc cref="Path" />
    public override string ToString() => Path;
}
