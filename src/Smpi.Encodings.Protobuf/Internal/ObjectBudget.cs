using System.Runtime.CompilerServices;

namespace Smpi;

/// <summary>How many more objects the values of a body may take.</summary>
internal struct ObjectBudget
{
    private readonly int _limit;
    private long _left;

    public ObjectBudget(int limit)
    {
        _limit = limit;
        _left = limit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(long objects)
    {
        _left -= objects;
        if (_left < 0) throw ProtobufFailure.TooManyObjects(_limit);
    }
}
