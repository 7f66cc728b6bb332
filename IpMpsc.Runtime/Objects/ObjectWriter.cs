using System.Buffers;

namespace IpMpsc.Objects;

/// <summary>
/// Takes what a serializer writes: into a claim while that has room, else into an array. It allocates only to grow.
/// </summary>
internal sealed class ObjectWriter : IBufferWriter<byte>
{
    private const int FirstLength = 4096;

    /// <summary>The longest array that is kept between two messages.</summary>
    private const int MaxKept = 1 << 20;

    private readonly ByteClaimWriter _claim = new();
    private byte[] _array = [];
    private int _claimLength;
    private int _written;
    private string _path = "";
    private int _maxLength;

    /// <summary>Whether the message is in the claim; else it is <see cref="Written"/>.</summary>
    public bool IsInClaim { get; private set; }

    /// <summary>Bytes of the message.</summary>
    public int WrittenCount => IsInClaim ? _claim.WrittenCount : _written;

    /// <summary>The message, if it is not in the claim.</summary>
    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, _written);

    /// <summary>Begins a message in the array.</summary>
    /// <param name="path">The channel, for the exception.</param>
    /// <param name="maxLength">Bytes of the largest message.</param>
    public void Begin(string path, int maxLength)
    {
        IsInClaim = false;
        _written = 0;
        _path = path;
        _maxLength = maxLength;
    }

    /// <summary>Begins a message in a claim.</summary>
    public void Begin(scoped ByteClaim claim, string path, int maxLength)
    {
        Begin(path, maxLength);
        _claim.Begin(claim);
        _claimLength = claim.Payload.Length;
        IsInClaim = true;
    }

    public void Advance(int count)
    {
        if (IsInClaim)
        {
            _claim.Advance(count);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _written);
        _written += count;
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (HasRoomInClaim(sizeHint))
        {
            return _claim.GetSpan(sizeHint);
        }

        Reserve(sizeHint);
        return _array.AsSpan(_written);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (HasRoomInClaim(sizeHint))
        {
            return _claim.GetMemory(sizeHint);
        }

        Reserve(sizeHint);
        return _array.AsMemory(_written);
    }

    /// <summary>Forgets the message, and an array that is too large to be kept for small messages.</summary>
    public void End()
    {
        IsInClaim = false;
        _written = 0;
        if (_array.Length > MaxKept)
        {
            _array = [];
        }
    }

    /// <summary>Moves the message from the claim to the array when the claim turns out too short.</summary>
    private bool HasRoomInClaim(int sizeHint)
    {
        if (!IsInClaim)
        {
            return false;
        }

        int written = _claim.WrittenCount;
        if (_claimLength - written >= Math.Max(sizeHint, 1))
        {
            return true;
        }

        IsInClaim = false;
        Reserve(written + Math.Max(sizeHint, 1));
        _claim.CopyWrittenTo(_array);
        _written = written;
        return false;
    }

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        long wanted = (long)_written + Math.Max(sizeHint, 1);
        if (wanted <= _array.Length)
        {
            return;
        }

        // A serializer may ask for more than it will write, but what it has written counts: this message can never fit.
        if (_written > _maxLength || wanted > Array.MaxLength)
        {
            throw new MessageTooLargeException(_path, wanted, _maxLength);
        }

        Array.Resize(ref _array, (int)Math.Max(wanted, Math.Clamp(2L * _array.Length, FirstLength, Array.MaxLength)));
    }
}
