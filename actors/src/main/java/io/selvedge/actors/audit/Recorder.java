// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import java.util.List;

/**
 * What takes happenings into the audit: all of a list, or none when it throws. Of each entity the
 * next is taken once; what was taken before is passed over.
 */
interface Recorder {
    void record(List<Happening> happenings) throws Exception;
}
