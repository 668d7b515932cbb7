namespace Smpi;

/// <summary>The numbers of the subjects that this side has sent.</summary>
internal sealed class SubjectsOut
{
    private const int Recent = 64;

    private readonly Dictionary<string, uint> _numbers = new(StringComparer.Ordinal);
    private readonly (string? Name, uint Number)[] _recent = new (string?, uint)[Recent];

    /// <summary>The number of a subject; zero when it was not sent before.</summary>
    public uint Find(string subject)
    {
        // A look at three characters spares the hash of the whole name for the subjects in use.
        ref (string? Name, uint Number) slot = ref _recent[Slot(subject)];
        if (string.Equals(slot.Name, subject, StringComparison.Ordinal)) return slot.Number;
        if (!_numbers.TryGetValue(subject, out uint number)) return 0;
        slot = (subject, number);
        return number;
    }

    /// <summary>Gives a subject the next number, as its receiver does; called only once its definition is certain to be sent.</summary>
    public void Add(string subject)
    {
        if (_numbers.Count < Bounds.Subjects) _numbers.Add(subject, (uint)_numbers.Count + 1);
    }

    private static int Slot(string subject)
    {
        int length = subject.Length;
        return length == 0 ? 0 : (length + (subject[length - 1] * 5) + (subject[length / 2] * 3)) & (Recent - 1);
    }
}
