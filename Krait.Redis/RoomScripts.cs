namespace Krait.Redis;

/// <summary>The scripts that Redis executes as one step.</summary>
internal static class RoomScripts
{
    /// <summary>Stores a message, names the one before it, and delivers it.</summary>
    /// <remarks>
    /// KEYS: stream, head. ARGV: message, length, age in ms, lifetime of the head in ms, PUBLISH or SPUBLISH, channel. The
    /// delivered bytes are those that <see cref="StoredMessage.TryRead"/> reads.
    /// </remarks>
    public const string Publish =
        """
        local previous = redis.call('GET', KEYS[2]) or ''
        local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'p', previous, 'm', ARGV[1])
        local oldest = tonumber(string.match(id, '^%d+')) - tonumber(ARGV[3])
        redis.call('XTRIM', KEYS[1], 'MINID', '~', string.format('%.0f', oldest))
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        redis.call('SET', KEYS[2], id, 'PX', ARGV[4])
        redis.call(ARGV[5], ARGV[6], string.char(#id) .. id .. string.char(#previous) .. previous .. ARGV[1])
        return id
        """;

    /// <summary>Reads the newest messages after a position, newest first, without those that are too old.</summary>
    /// <remarks>
    /// KEYS: stream. ARGV: position or nothing, number, age in ms. The clock is that of Redis, because positions come from it.
    /// </remarks>
    public const string Read =
        """
        local now = redis.call('TIME')
        local oldest = now[1] * 1000 + math.floor(now[2] / 1000) - tonumber(ARGV[3])
        local from = string.format('%.0f', oldest)
        local after = tonumber(string.match(ARGV[1], '^%d+'))
        if after and after >= oldest then
            from = '(' .. ARGV[1]
        end
        return redis.call('XREVRANGE', KEYS[1], '+', from, 'COUNT', ARGV[2])
        """;

    /// <summary>Sets and removes members of a room, in the order of the arguments.</summary>
    /// <remarks>
    /// KEYS: members. ARGV: lifetime in ms, then '+field' and a value for each member to set, and '-field' for each to remove. It
    /// is one step. Otherwise a server could end after it has set a member and before the lifetime, and Redis would keep that
    /// member forever.
    /// </remarks>
    public const string Write =
        """
        local i = 2
        while i <= #ARGV do
            local field = string.sub(ARGV[i], 2)
            if string.sub(ARGV[i], 1, 1) == '+' then
                redis.call('HSET', KEYS[1], field, ARGV[i + 1])
                i = i + 2
            else
                redis.call('HDEL', KEYS[1], field)
                i = i + 1
            end
        end
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        return 1
        """;
}
